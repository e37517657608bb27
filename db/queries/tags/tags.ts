import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { accountTags, computerTags, tagPatterns } from "../../schema/tags";
import { pgArray } from "../pg-array";

export type PatternRow = typeof tagPatterns.$inferSelect;

/** By tag and pattern. */
export function listPatterns(tx: Transaction, { companyId }: CompanyWriteScope): Promise<PatternRow[]> {
  return tx
    .select()
    .from(tagPatterns)
    .where(eq(tagPatterns.companyId, companyId))
    .orderBy(asc(tagPatterns.tag), asc(tagPatterns.patternKey));
}

/** The id of the pattern; null when the tag has it already. */
export async function insertPattern(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: Pick<PatternRow, "tag" | "pattern" | "patternKey">,
): Promise<number | null> {
  const [written] = await tx
    .insert(tagPatterns)
    .values({ ...row, companyId })
    .onConflictDoNothing()
    .returning({ id: tagPatterns.id });
  return written?.id ?? null;
}

/** The pattern that was deleted, or null when there is none. */
export async function deletePattern(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  id: number,
): Promise<PatternRow | null> {
  const [row] = await tx
    .delete(tagPatterns)
    .where(and(eq(tagPatterns.companyId, companyId), eq(tagPatterns.id, id)))
    .returning();
  return row ?? null;
}

export type TaggedTable = "accounts" | "computers";

const HAND = {
  accounts: { table: sql.raw("account_tags"), id: sql.raw("account_id") },
  computers: { table: sql.raw("computer_tags"), id: sql.raw("computer_id") },
};

export interface HandTagRow extends Record<string, unknown> {
  id: number;
  name: string;
  nameKey: string;
  tag: string;
  hasTag: boolean;
}

/** Tags given or taken by hand, by name and tag. */
export async function listHandTags(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  table: TaggedTable,
): Promise<HandTagRow[]> {
  const hand = HAND[table];
  const rows = await tx.execute<HandTagRow>(sql`
    select n.id, n.name, n.name_key as "nameKey", t.tag, t.has_tag as "hasTag"
    from ${hand.table} t join ${sql.raw(table)} n on n.company_id = t.company_id and n.id = t.${hand.id}
    where t.company_id = ${companyId} order by n.name_key, n.id, t.tag`);
  return [...rows];
}

export interface NamedKey extends Record<string, unknown> {
  id: number;
  nameKey: string;
}

/** The keys of accounts' or computers' names; those of other companies are not there. */
export async function listNameKeys(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  table: TaggedTable,
  ids: readonly number[],
): Promise<NamedKey[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<NamedKey>(sql`
    select id, name_key as "nameKey" from ${sql.raw(table)}
    where company_id = ${companyId} and id = any(${pgArray(ids)}::int[])`);
  return [...rows];
}

export interface TaggedRow extends Record<string, unknown> {
  tag: string;
  id: number;
}

/**
 * Accounts or computers with a tag: by hand, or by a pattern for `like` unless taken by hand. A pattern that is not
 * whole is also matched with what follows a name's last backslash. Only those with one of the `ids`; null for all.
 */
export async function listTagged(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  table: TaggedTable,
  patterns: readonly { tag: string; like: string; isWhole: boolean }[],
  ids: readonly number[] | null,
): Promise<TaggedRow[]> {
  const hand = HAND[table];
  const within = (id: SQL) => (ids === null ? sql`` : sql`and ${id} = any(${pgArray(ids)}::int[])`);
  const given = sql`select tag, ${hand.id} as id from ${hand.table}
    where company_id = ${companyId} and has_tag ${within(hand.id)}`;
  // Most companies have no patterns, and their names are not looked through.
  if (patterns.length === 0) return [...(await tx.execute<TaggedRow>(given))];
  const rows = await tx.execute<TaggedRow>(sql`
    ${given} union
    select p.tag, n.id from ${sql.raw(table)} n
    cross join lateral (select reverse(split_part(reverse(n.name_key), chr(92), 1)) as name) short
    join unnest(${pgArray(patterns.map(({ tag }) => tag))}::text[], ${pgArray(patterns.map(({ like }) => like))}::text[],
      ${pgArray(patterns.map(({ isWhole }) => isWhole))}::bool[]) p (tag, pattern, is_whole)
      on n.name_key like p.pattern or (not p.is_whole and short.name like p.pattern)
    where n.company_id = ${companyId} ${within(sql.raw("n.id"))} and not exists (
      select from ${hand.table} t where t.company_id = n.company_id and t.${hand.id} = n.id and t.tag = p.tag)`);
  return [...rows];
}

/** Tags that the company has a pattern for, or gave something by hand. */
export async function listTagsInUse(tx: Transaction, { companyId }: CompanyWriteScope): Promise<string[]> {
  const rows = await tx.execute<{ tag: string }>(sql`
    select tag from tag_patterns where company_id = ${companyId}
    union select tag from account_tags where company_id = ${companyId} and has_tag
    union select tag from computer_tags where company_id = ${companyId} and has_tag`);
  return rows.map(({ tag }) => tag);
}

/** Gives or takes a tag by hand; null leaves it to the patterns. */
export async function writeHandTag(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  table: TaggedTable,
  { id, tag, hasTag }: { id: number; tag: string; hasTag: boolean | null },
): Promise<void> {
  const own =
    table === "accounts"
      ? and(eq(accountTags.companyId, companyId), eq(accountTags.accountId, id), eq(accountTags.tag, tag))
      : and(
          eq(computerTags.companyId, companyId),
          eq(computerTags.computerId, id),
          eq(computerTags.tag, tag),
        );
  await tx.delete(table === "accounts" ? accountTags : computerTags).where(own);
  if (hasTag === null) return;
  if (table === "accounts") await tx.insert(accountTags).values({ companyId, accountId: id, tag, hasTag });
  else await tx.insert(computerTags).values({ companyId, computerId: id, tag, hasTag });
}
