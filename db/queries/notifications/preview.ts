import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";
import type { SubscriptionRow } from "./channels";

export interface MatchedNotification extends Record<string, unknown> {
  id: number;
  kind: string;
  severity: string;
  params: Record<string, unknown>;
  /** Epoch milliseconds. */
  at: number;
}

/** The notifications since the instant that a subscription selects, as the router selects them; oldest first. */
export async function listMatching(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { kinds, severities, siteIds, accountIds, computerIds }: SubscriptionRow,
  since: Date,
  limit: number,
): Promise<MatchedNotification[]> {
  const among = (column: string, values: readonly (string | number)[], type: string) =>
    values.length === 0 ? sql`` : sql`and ${sql.raw(column)} = any(${pgArray(values)}::${sql.raw(type)}[])`;
  const rows = await tx.execute<MatchedNotification>(sql`
    select id, kind, severity, params, (extract(epoch from created_at) * 1000)::float8 as at from notifications
    where company_id = ${companyId} and created_at >= ${since.toISOString()} ${among("kind", kinds, "text")}
      ${among("severity", severities, "text")} ${among("site_id", siteIds, "int")}
      ${among("account_id", accountIds, "int")} ${among("computer_id", computerIds, "int")}
    order by created_at, id limit ${limit}`);
  return [...rows];
}

/** The ids of the company's accounts or computers with these keys of names. */
export async function findByNameKeys(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  table: "accounts" | "computers",
  keys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.execute<{ id: number; name_key: string }>(sql`
    select id, name_key from ${sql.identifier(table)}
    where company_id = ${companyId} and name_key = any(${pgArray(keys)}::text[])`);
  return new Map(rows.map(({ id, name_key }) => [name_key, id]));
}
