import { LRUCache } from "lru-cache";
import type postgres from "postgres";
import { processState } from "@/lib/process-state";
import { pgArray } from "../pg-array";
import type { TenantRows } from "./tenant-rows";

export type NameTable = "accounts" | "computers";

export interface SeenName {
  companyId: number;
  name: string;
  nameKey: string;
  occurredAt: number;
}

// Ids never change once committed, so these need no invalidation but after rows were removed, which pages do too.
const caches = processState("name-ids", (): Record<NameTable, LRUCache<string, number>> => ({
  accounts: new LRUCache({ max: 100_000 }),
  computers: new LRUCache({ max: 100_000 }),
}));

export function cacheKey(companyId: number, nameKey: string): string {
  return `${companyId}/${nameKey}`;
}

export function cachedNameId(table: NameTable, companyId: number, nameKey: string): number | undefined {
  return caches[table].get(cacheKey(companyId, nameKey));
}

export function rememberNameIds(table: NameTable, ids: ReadonlyMap<string, number>): void {
  for (const [key, id] of ids) caches[table].set(key, id);
}

/** Forgets every id, after rows were removed by a purge or an erasure (here or on another server). */
export function forgetNameIds(): void {
  caches.accounts.clear();
  caches.computers.clear();
}

interface NameRow {
  company_id: number;
  id: number;
  name_key: string;
}

/**
 * Finds or makes the rows of names not seen by this process yet, inside the caller's transaction.
 *
 * Only names that are not there take ids: a portal asks for the same names after each start. Rows go in sorted, so that two
 * servers meeting the same new names cannot deadlock. The ids may be cached only after commit.
 */
export async function resolveNames(
  sql: postgres.ReservedSql,
  table: NameTable,
  names: readonly SeenName[],
  tenants: TenantRows,
  isAgain = false,
): Promise<Map<string, number>> {
  const unique = new Map<string, SeenName>();
  for (const name of names) {
    const key = cacheKey(name.companyId, name.nameKey);
    const known = unique.get(key);
    if (!known) unique.set(key, { ...name });
    else known.occurredAt = Math.min(known.occurredAt, name.occurredAt);
  }
  const ids = new Map<string, number>();
  const missingOf = (rows: readonly NameRow[]) => {
    for (const row of rows) {
      const key = cacheKey(row.company_id, row.name_key);
      // Another company of the commit may know the name as well.
      if (unique.has(key)) ids.set(key, row.id);
    }
    return [...unique].filter(([key]) => !ids.has(key)).map(([, name]) => name);
  };
  const unknown = missingOf(await findNames(sql, table, [...unique.values()], tenants));
  if (unknown.length === 0) return ids;
  const missing = missingOf(await makeNames(sql, table, unknown, tenants));
  // Another server has made a name between the two statements.
  if (missing.length > 0 && !isAgain) {
    for (const [key, id] of await resolveNames(sql, table, missing, tenants, true)) ids.set(key, id);
  }
  return ids;
}

function findNames(
  sql: postgres.ReservedSql,
  table: NameTable,
  rows: readonly SeenName[],
  tenants: TenantRows,
): Promise<NameRow[]> {
  // Not joined with the names: before a new table's first statistics, a kept plan read a company's rows for each of them.
  return sql<NameRow[]>`
    select t.company_id, t.id, t.name_key from ${sql(table)} t
    where t.company_id = any(${pgArray([...new Set(rows.map((row) => row.companyId))])}::int[])
      and t.name_key = any(${pgArray(rows.map((row) => row.nameKey))}::text[]) ${tenants.within("t.company_id")}`.execute();
}

function makeNames(
  sql: postgres.ReservedSql,
  table: NameTable,
  rows: readonly SeenName[],
  tenants: TenantRows,
): Promise<NameRow[]> {
  return sql<NameRow[]>`
    with seen as materialized (
      select *, nextval(${`${table}_id_seq`}::regclass) as id
      from unnest(${pgArray(rows.map((row) => row.companyId))}::int[], ${pgArray(rows.map((row) => row.name))}::text[],
        ${pgArray(rows.map((row) => row.nameKey))}::text[], ${pgArray(rows.map((row) => row.occurredAt))}::float8[])
        as seen (company_id, name, name_key, at)
    ), made as (
      insert into ${sql(table)} (company_id, id, name, name_key, first_seen_at, last_seen_at)
      select t.company_id, id, name, name_key, to_timestamp(at / 1000.0), to_timestamp(at / 1000.0)
      from ${tenants.from(sql`seen`)}
      order by t.company_id, name_key
      on conflict (company_id, name_key) do nothing
      returning company_id, id, name_key
    )
    select * from made`.execute();
}
