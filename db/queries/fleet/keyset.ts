import { sql, type SQL } from "drizzle-orm";

/** Where a list goes on, and by what: `key` of the last row seen, then what orders equal rows. */
export interface Keyset {
  /** Never null. */
  key: SQL;
  type: KeyType;
  isDescending: boolean;
  /** Equal rows: by company and id in the same direction, or the highest id first. */
  ties?: "last-id-first";
  /** An instant's key is epoch milliseconds. */
  after: { key: string | number; companyId: number; id: number } | null;
}

/** "int4" and "instant" are compared as they are stored, so that an index of the column tells where the list goes on. */
type KeyType = "text" | "float8" | "int4" | "instant";

/** A row with the key of its place in the order. */
export interface Placed<Row> {
  row: Row;
  sortKey: string | number;
}

/** `alias` is the table whose rows are listed. Behind a cursor of another order, whose key is no such value, is nothing. */
export function behindSql(keyset: Keyset, alias: string): SQL {
  const { key, type, isDescending, after } = keyset;
  if (!after) return sql`true`;
  const value = valueSql(type, after.key);
  if (!value) return sql`false`;
  const place = sql`(${key}, ${sql.join(tiesOf(keyset, alias), sql`, `)})`;
  const mark = sql`(${value}, ${sql.join(tiesAfter(keyset, after), sql`, `)})`;
  const behind = isDescending ? sql`${place} < ${mark}` : sql`${place} > ${mark}`;
  // An index is not looked into by a row with a turned number.
  return isTurned(keyset) ? sql`${key} >= ${value} and ${behind}` : behind;
}

export function keysetOrderSql(keyset: Keyset, alias: string): SQL {
  const direction = sql.raw(keyset.isDescending ? "desc" : "asc");
  const parts = [keyset.key, ...tiesOf(keyset, alias)].map((part) => sql`${part} ${direction}`);
  return sql.join(parts, sql`, `);
}

/** The key as a cursor has it. */
export function sortKeySql({ key, type }: Pick<Keyset, "key" | "type">): SQL {
  return type === "instant" ? sql`(extract(epoch from ${key}) * 1000)::float8` : key;
}

const isTurned = ({ ties, isDescending }: Keyset) => ties === "last-id-first" && !isDescending;

function tiesOf(keyset: Keyset, alias: string): SQL[] {
  const sign = isTurned(keyset) ? "-" : "";
  const columns = keyset.ties ? ["id", "company_id"] : ["company_id", "id"];
  return columns.map((column) => sql.raw(`${sign}${alias}.${column}`));
}

function tiesAfter(keyset: Keyset, { companyId, id }: NonNullable<Keyset["after"]>): SQL[] {
  const numbers = keyset.ties ? [id, companyId] : [companyId, id];
  return numbers.map((number) => sql`${isTurned(keyset) ? -number : number}::int`);
}

const HIGHEST_INT = 2 ** 31 - 1;
/** The end of the year 9999, epoch milliseconds. */
const LAST_INSTANT = Date.UTC(10_000, 0) - 1;

/** null for a key that is no value of the type. */
function valueSql(type: KeyType, key: string | number): SQL | null {
  if (type === "text") return sql`${String(key)}::text`;
  const value = Number(key);
  if (type === "float8") return sql`${value}::float8`;
  if (type === "int4") {
    return Number.isInteger(value) && Math.abs(value) <= HIGHEST_INT ? sql`${value}::int` : null;
  }
  return value >= 0 && value <= LAST_INSTANT ? sql`${new Date(value).toISOString()}::timestamptz` : null;
}
