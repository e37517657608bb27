import { sql, type SQL } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import type { SealedColumn } from "./sealed-columns";

export interface SealedRow {
  /** The primary key, in the order of the column's `keys`. */
  key: number[];
  sealed: Buffer;
}

const nameOf = (name: string) => sql.identifier(name);
const keysOf = ({ keys }: SealedColumn) =>
  sql.join(
    keys.map((key) => nameOf(key)),
    sql`, `,
  );
const listOf = (key: readonly number[]) =>
  sql.join(
    key.map((part) => sql`${part}::int`),
    sql`, `,
  );

function textOf({ encoding }: SealedColumn, sealed: Buffer): SQL {
  return encoding === "base64"
    ? sql`${sealed.toString("base64")}`
    : sql`decode(${sealed.toString("hex")}, 'hex')`;
}

/** The sealed values that do not begin with `header`, after the given key, in the order of the primary key. */
export async function listSealedOtherwise(
  column: SealedColumn,
  header: Buffer,
  after: readonly number[] | null,
  limit: number,
): Promise<SealedRow[]> {
  const value = nameOf(column.column);
  const begin =
    column.encoding === "base64"
      ? sql`left(${value}, ${header.toString("base64").length})`
      : sql`substring(${value} from 1 for ${header.length})`;
  const later = after ? sql`and (${keysOf(column)}) > (${listOf(after)})` : sql``;
  const rows = await database().execute<{ key: number[]; sealed: Buffer | string }>(sql`
    select array[${keysOf(column)}] as key, ${value} as sealed from ${nameOf(column.table)}
    where ${value} is not null and ${begin} <> ${textOf(column, header)} ${later}
    order by ${keysOf(column)} limit ${limit}`);
  return [...rows].map(({ key, sealed }) => ({
    key,
    sealed: typeof sealed === "string" ? Buffer.from(sealed, "base64") : sealed,
  }));
}

/** Replaces the value that was read with `fresh`; false if it has changed since. */
export async function replaceSealed(
  tx: Transaction,
  column: SealedColumn,
  { key, sealed }: SealedRow,
  fresh: Buffer,
): Promise<boolean> {
  const value = nameOf(column.column);
  const rows = await tx.execute(sql`
    update ${nameOf(column.table)} set ${value} = ${textOf(column, fresh)}
    where (${keysOf(column)}) = (${listOf(key)}) and ${value} = ${textOf(column, sealed)} returning 1`);
  return rows.length > 0;
}

/** How many values there are. */
export async function countSealed({ table, column }: SealedColumn): Promise<number> {
  const [row] = await database().execute<{ count: number }>(
    sql`select count(${nameOf(column)})::int as count from ${nameOf(table)}`,
  );
  return row!.count;
}

/** The database's own clock, to compare transactions with. */
export async function readDatabaseClock(): Promise<string> {
  const [row] = await database().execute<{ now: string }>(sql`select clock_timestamp()::text as now`);
  return row!.now;
}

/** Whether a transaction that began before the instant still runs in this database. */
export async function hasOlderTransactions(instant: string): Promise<boolean> {
  const [row] = await database().execute<{ found: boolean }>(sql`
    select exists (select from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and backend_type = 'client backend' and xact_start < ${instant}) as found`);
  return row!.found;
}
