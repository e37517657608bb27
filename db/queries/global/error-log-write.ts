import { inArray, sql } from "drizzle-orm";
import { database } from "../../client";
import { errorLogs } from "../../schema/logs";

export type NewErrorRow = typeof errorLogs.$inferInsert & { fingerprint: string; count: number };

/**
 * Adds errors to the stored log, or raises the count of those that stand there under the same fingerprint.
 *
 * Unscoped, because a fault of the portal belongs to no company.
 */
export async function upsertErrors(rows: readonly NewErrorRow[]): Promise<void> {
  const inOrder = [...rows].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  // A row that says no id takes one of the sequence, also where only a count is raised.
  const ids = await findIds(rows.map(({ fingerprint }) => fingerprint));
  await database()
    .insert(errorLogs)
    .values(inOrder.map((row) => ({ ...row, id: ids.get(row.fingerprint) })))
    .onConflictDoUpdate({
      target: errorLogs.fingerprint,
      targetWhere: sql`fingerprint is not null`,
      set: {
        count: sql`${errorLogs.count} + excluded.count`,
        lastAt: sql`greatest(${errorLogs.lastAt}, excluded.last_at)`,
      },
    });
}

async function findIds(fingerprints: readonly string[]): Promise<Map<string, number>> {
  const rows = await database()
    .select({ id: errorLogs.id, fingerprint: errorLogs.fingerprint })
    .from(errorLogs)
    .where(inArray(errorLogs.fingerprint, [...fingerprints]));
  return new Map(rows.map(({ id, fingerprint }) => [fingerprint!, id]));
}
