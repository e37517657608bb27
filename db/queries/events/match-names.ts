import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import { pgArray } from "../pg-array";
import type { NameMatch, Reference } from "./event-match";

/** A pattern for `like` that finds the text anywhere in a `name_key`; the text must be folded like one. */
export function containsPattern(foldedText: string): string {
  return `%${foldedText.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** The scope's accounts and computers whose key contains the text, folded like a key; each list only up to `most`. */
export async function matchNames(
  tx: Transaction,
  scope: CompanyScope,
  foldedText: string,
  most: number,
): Promise<NameMatch> {
  const pattern = containsPattern(foldedText);
  const [accounts, computers] = await Promise.all([
    listMatching(tx, scope, "accounts", pattern, most),
    listMatching(tx, scope, "computers", pattern, most),
  ]);
  return { pattern, accounts, computers };
}

async function listMatching(
  tx: Transaction,
  scope: CompanyScope,
  table: "accounts" | "computers",
  pattern: string,
  most: number,
): Promise<Reference[] | null> {
  const rows = await tx.execute<{ company_id: number; id: number }>(sql`
    select company_id, id from ${sql.raw(table)}
    where ${companySql(scope, "company_id")} and name_key like ${pattern}
    limit ${most + 1}`);
  return rows.length > most ? null : rows.map((row) => ({ companyId: row.company_id, id: row.id }));
}

export interface FoundName {
  companyId: number;
  id: number;
  name: string;
  /** Epoch milliseconds. */
  lastSeenAt: number;
}

/**
 * Accounts or computers whose key contains the text: first those that are it, with or without a domain before it, then
 * those that begin with it, each the last seen first.
 */
export async function searchNames(
  tx: Transaction,
  scope: CompanyScope,
  table: "accounts" | "computers",
  foldedText: string,
  limit: number,
): Promise<FoundName[]> {
  const contains = containsPattern(foldedText);
  const inDomain = `%\\\\${contains.slice(1, -1)}`;
  const rows = await tx.execute<{ company_id: number; id: number; name: string; last_ms: string }>(sql`
    select company_id, id, name, extract(epoch from last_seen_at) * 1000 as last_ms from ${sql.raw(table)}
    where ${companySql(scope, "company_id")} and name_key like ${contains}
    order by (name_key = ${foldedText} or name_key like ${inDomain}) desc, name_key like ${contains.slice(1)} desc,
      last_seen_at desc, company_id, id limit ${limit}`);
  return rows.map((row) => ({
    companyId: row.company_id,
    id: row.id,
    name: row.name,
    lastSeenAt: Number(row.last_ms),
  }));
}

/** The scope's accounts, computers, sites or channels of these ids with their names; those of other companies are not there. */
export async function findNamed(
  tx: Transaction,
  scope: CompanyScope,
  table: "accounts" | "computers" | "sites" | "notification_channels",
  ids: readonly number[],
): Promise<(Reference & { name: string })[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<{ company_id: number; id: number; name: string }>(sql`
    select company_id, id, name from ${sql.raw(table)}
    where ${companySql(scope, "company_id")} and id = any(${pgArray(ids)}::int[])
    order by company_id, id`);
  return rows.map((row) => ({ companyId: row.company_id, id: row.id, name: row.name }));
}
