import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type postgres from "postgres";
import type { AnySql, TableShape } from "./tables";

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function target({ name, columns }: Pick<TableShape, "name" | "columns">): string {
  return `${quoted(name)} (${columns.map(quoted).join(", ")})`;
}

/** A table's rows as PostgreSQL's COPY text: one line a row, in UTF-8. */
export async function copyOut(sql: AnySql, table: Pick<TableShape, "name" | "columns">): Promise<Readable> {
  const rows = await sql.unsafe(`copy ${target(table)} to stdout`).readable();
  // postgres.js pauses its socket when the reader is slow. Paused by the very last row it would never see the
  // server's word that the copy is done, so the end resumes it once more.
  rows.once("end", () => rows._read(0));
  return rows;
}

/** Takes the same in. End it and wait for it to finish. */
export function copyIn(sql: AnySql, table: Pick<TableShape, "name" | "columns">): Promise<Writable> {
  return sql.unsafe(`copy ${target(table)} from stdin`).writable();
}

/**
 * Empties all tables and lets `fill` write to them, in the caller's transaction.
 *
 * Triggers are off meanwhile, since the audit trail's would number its rows anew; foreign keys are not.
 */
export async function refill(
  sql: postgres.TransactionSql,
  tables: readonly TableShape[],
  fill: () => Promise<void>,
): Promise<void> {
  await sql.unsafe("set local synchronous_commit = off");
  await sql.unsafe(`truncate ${tables.map(({ name }) => quoted(name)).join(", ")}`);
  for (const { name } of tables) {
    await sql.unsafe(`alter table ${quoted(name)} no force row level security, disable trigger user`);
  }
  await fill();
  for (const { name, isForced } of tables) {
    await sql.unsafe(
      `alter table ${quoted(name)} enable trigger user${isForced ? ", force row level security" : ""}`,
    );
  }
}

/** Copies the rows of every table from one database to the other, whose tables are the same. */
export async function copyTables(from: AnySql, to: AnySql, tables: readonly TableShape[]): Promise<void> {
  for (const table of tables) await pipeline(await copyOut(from, table), await copyIn(to, table));
}
