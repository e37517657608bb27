import type postgres from "postgres";
import { pgArray } from "../pg-array";

type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** What a statement that stores rows of several companies says differently on a Citus cluster. */
export interface TenantRows {
  isDistributed: boolean;
  /**
   * The rows of a part of the statement as `from … where`, their company as `t.company_id`. Citus stores them on their
   * nodes only if they are joined with `tenants`.
   */
  from(part: string): Fragment;
  /** What keeps a statement over the company's column to the nodes of these companies, as a further condition. */
  within(column: string): Fragment;
}

/**
 * On one node the statement does without what only Citus needs: joined with `tenants`, a commit of 64 companies took 1.4
 * times as long, and with ids taken beforehand a batch of 1,000 events 1.1 times.
 */
export function tenantRows(
  sql: postgres.ReservedSql,
  companies: readonly number[],
  isDistributed: boolean,
): TenantRows {
  const ofCompanies = pgArray(companies);
  return {
    isDistributed,
    from: (part) =>
      isDistributed
        ? sql`tenants t join ${sql(part)} p on p.company_id = t.company_id where t.company_id = any(${ofCompanies}::int[])`
        : sql`${sql(part)} t where true`,
    within: (column) => (isDistributed ? sql`and ${sql(column)} = any(${ofCompanies}::int[])` : sql``),
  };
}
