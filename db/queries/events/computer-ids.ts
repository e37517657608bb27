import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";
import { cachedNameId, cacheKey, rememberNameIds } from "./names";

interface NamedComputer {
  scope: CompanyWriteScope;
  nameKey: string;
}

const keyOf = ({ scope, nameKey }: NamedComputer) => cacheKey(scope.companyId, nameKey);

/**
 * The ids of computers, parallel to them; those of names that are not there are fresh ones of the sequence. An id is a
 * proposal: another server may be making the name, and a computer that was deleted since would get its id back.
 */
export async function idsOfComputers(tx: Transaction, rows: readonly NamedComputer[]): Promise<number[]> {
  const ids = new Map<string, number>();
  for (const row of rows) {
    const id = cachedNameId("computers", row.scope.companyId, row.nameKey);
    if (id !== undefined) ids.set(keyOf(row), id);
  }
  const missingOf = () => rows.filter((row) => !ids.has(keyOf(row)));
  const found = await findIds(tx, missingOf());
  rememberNameIds("computers", found);
  for (const [key, id] of found) ids.set(key, id);
  const unknown = missingOf();
  const fresh = await takeIds(tx, unknown.length);
  unknown.forEach((row, place) => ids.set(keyOf(row), fresh[place]!));
  return rows.map((row) => ids.get(keyOf(row))!);
}

async function findIds(tx: Transaction, rows: readonly NamedComputer[]): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const companies = [...new Set(rows.map(({ scope }) => scope.companyId))];
  // As in names.ts not joined with the names; of other companies it finds some more.
  const found = await tx.execute<{ companyId: number; id: number; nameKey: string }>(sql`
    select company_id as "companyId", id, name_key as "nameKey" from computers
    where company_id = any(${pgArray(companies)}::int[])
      and name_key = any(${pgArray(rows.map(({ nameKey }) => nameKey))}::text[])`);
  return new Map(found.map(({ companyId, id, nameKey }) => [cacheKey(companyId, nameKey), id]));
}

/** On a Citus cluster they come from the coordinator's sequence. */
async function takeIds(tx: Transaction, count: number): Promise<number[]> {
  if (count === 0) return [];
  const taken = await tx.execute<{ id: string }>(sql`
    select nextval('computers_id_seq') as id from generate_series(1, ${count}::int)`);
  return taken.map(({ id }) => Number(id));
}
