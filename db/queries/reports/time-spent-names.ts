import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import { containsPattern } from "../events/match-names";
import { pgArray } from "../pg-array";

/** First-seen spellings of a company's accounts or computers by id; erased or foreign ids are absent. */
export async function readNames(
  tx: Transaction,
  scope: CompanyScope,
  table: "accounts" | "computers",
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.execute<{ id: number; name: string }>(sql`
    select id, name from ${sql.raw(table)}
    where ${companySql(scope, "company_id")} and id = any(${pgArray(ids)}::int[])`);
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** The accounts whose key contains the folded text; null when there are more than `most`. */
export async function matchAccounts(
  tx: Transaction,
  scope: CompanyScope,
  foldedText: string,
  most: number,
): Promise<number[] | null> {
  const rows = await tx.execute<{ id: number }>(sql`
    select id from accounts
    where ${companySql(scope, "company_id")} and name_key like ${containsPattern(foldedText)}
    limit ${most + 1}`);
  return rows.length > most ? null : rows.map((row) => row.id);
}
