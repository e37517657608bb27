import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql, sameCompanySql } from "../../scope-sql";
import { epoch } from "../column-sql";
import { pgArray } from "../pg-array";
import { instantSql } from "../events/event-match";
import { containsPattern } from "../events/match-names";
import type { InactiveRow, InactiveType } from "@/lib/domain/reports/inactive-columns";

export interface InactiveFilter {
  type: InactiveType;
  /** Last seen before this instant, epoch milliseconds. */
  before: number;
  ids: readonly number[] | null;
  siteId: number | null;
  /** Folded like a key; empty finds all. */
  nameContains: string;
}

/**
 * The scope's accounts or computers last seen before an instant, longest silent first, then by name. Erased accounts
 * are left out; an account is of a site when it is where its newest event on some computer was.
 */
export async function listInactive(
  tx: Transaction,
  scope: CompanyScope,
  { type, before, ids, siteId, nameContains }: InactiveFilter,
  limit: number,
): Promise<Omit<InactiveRow, "days">[]> {
  const table = sql.raw(type === "account" ? "accounts" : "computers");
  const conditions = [
    sql`${companySql(scope, "t.company_id")} and t.last_seen_at < ${instantSql(before)}`,
    ...(type === "account" ? [sql`t.erased_at is null`] : []),
    ...(ids === null ? [] : [sql`t.id = any(${pgArray(ids)}::int[])`]),
    ...(siteId === null
      ? []
      : [
          type === "computer"
            ? sql`t.site_id = ${siteId}`
            : sql`exists (select 1 from presence p where ${sameCompanySql(scope, "p.company_id", "t.company_id")} and p.account_id = t.id and p.site_id = ${siteId})`,
        ]),
    ...(nameContains === "" ? [] : [sql`t.name_key like ${containsPattern(nameContains)}`]),
  ];
  const rows = await tx.execute<Omit<InactiveRow, "days"> & Record<string, unknown>>(sql`
    select t.company_id as "companyId", co.name as "companyName", t.id, t.name,
      ${epoch("t.first_seen_at")} as "firstSeenAt", ${epoch("t.last_seen_at")} as "lastSeenAt"
    from ${table} t join app_auth_companies co on co.id = t.company_id
    where ${sql.join(conditions, sql` and `)}
    order by t.last_seen_at, t.name_key, t.company_id
    limit ${limit}`);
  return [...rows];
}
