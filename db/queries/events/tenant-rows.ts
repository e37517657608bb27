import type postgres from "postgres";
import { pgArray } from "../pg-array";

export type TenantRows = (part: string) => postgres.PendingQuery<postgres.Row[]>;

/**
 * The rows of a part of a statement as `from … where`, their company as `t.company_id`.
 *
 * Citus stores rows of several companies on their nodes only if they are joined with `tenants`. Elsewhere this join made
 * a commit of 64 companies take 1.4 times as long, so it is left out.
 */
export function tenantRows(
  sql: postgres.ReservedSql,
  companies: readonly number[],
  isDistributed: boolean,
): TenantRows {
  if (!isDistributed) return (part) => sql`${sql(part)} t where true`;
  return (part) => sql`tenants t join ${sql(part)} p on p.company_id = t.company_id
    where t.company_id = any(${pgArray(companies)}::int[])`;
}
