import { sql, type SQL } from "drizzle-orm";

/** Where a list goes on, and by what: `key` of the last row seen, ties by company and id in the same direction. */
export interface Keyset {
  /** Never null; a text or a number. */
  key: SQL;
  type: "text" | "float8";
  isDescending: boolean;
  after: { key: string | number; companyId: number; id: number } | null;
}

/** A row with the key of its place in the order. */
export interface Placed<Row> {
  row: Row;
  sortKey: string | number;
}

/** `alias` is the table whose rows are listed. A cursor of another order has a key that cannot be cast: none is found. */
export function behindSql({ key, type, isDescending, after }: Keyset, alias: string): SQL {
  if (!after) return sql`true`;
  const place = sql`(${key}, ${sql.raw(`${alias}.company_id, ${alias}.id`)})`;
  const value = type === "text" ? String(after.key) : Number(after.key);
  const mark = sql`(${value}::${sql.raw(type)}, ${after.companyId}::int, ${after.id}::int)`;
  return isDescending ? sql`${place} < ${mark}` : sql`${place} > ${mark}`;
}

export function keysetOrderSql({ key, isDescending }: Keyset, alias: string): SQL {
  const direction = sql.raw(isDescending ? "desc" : "asc");
  return sql`${key} ${direction}, ${sql.raw(alias)}.company_id ${direction}, ${sql.raw(alias)}.id ${direction}`;
}
