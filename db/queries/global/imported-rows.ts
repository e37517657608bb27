import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { importedRows } from "../../schema/imports";
import { pgArray } from "../pg-array";

export type ImportedRow = typeof importedRows.$inferSelect;

/** The original that most of these rows were imported from, the earlier one of several; null when none is known. */
export async function findImportSource(
  tx: Transaction,
  kinds: readonly string[],
  originals: readonly string[],
): Promise<number | null> {
  const [found] = await tx
    .select({ source: importedRows.source })
    .from(importedRows)
    .where(
      and(
        inArray(importedRows.kind, [...kinds]),
        sql`${importedRows.original} = any(${pgArray(originals)}::text[])`,
      ),
    )
    .groupBy(importedRows.source)
    .orderBy(sql`count(*) desc`, importedRows.source)
    .limit(1);
  return found?.source ?? null;
}

/** A number that no original has yet. The caller holds the lock of imports. */
export async function nextImportSource(tx: Transaction): Promise<number> {
  const [row] = await tx.select({ last: sql<number>`coalesce(max(source), 0)::int` }).from(importedRows);
  return row!.last + 1;
}

export async function listImportedRows(tx: Transaction, source: number): Promise<ImportedRow[]> {
  return tx.select().from(importedRows).where(eq(importedRows.source, source));
}

const ROWS_AT_ONCE = 5_000;

/** Stores rows of one original; what is stored of one of them already gets the new id. */
export async function saveImportedRows(tx: Transaction, rows: readonly ImportedRow[]): Promise<void> {
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    await tx
      .insert(importedRows)
      .values(rows.slice(first, first + ROWS_AT_ONCE))
      .onConflictDoUpdate({
        target: [importedRows.source, importedRows.kind, importedRows.original],
        set: { hereId: sql`excluded.here_id` },
      });
  }
}
