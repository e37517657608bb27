import { dropBrokenRebuilds, listIndexRoom, openUpkeep, rebuildIndex } from "@/db/queries/global/index-room";
import { fullIndexBytes, isHalfEmpty } from "@/lib/domain/operations/index-room";

export interface FilledIndexes {
  indexes: number;
  freedBytes: number;
}

/**
 * Rebuilds those indexes of events whose pages are half empty, one after another, beside ingest and reports.
 *
 * Accounts and computers have events all the time, so their pages split in the middle and nothing fills the older
 * halves again: up to twice the room. Stops between two indexes, or within one, once the signal says so.
 */
export async function fillIndexes(signal: AbortSignal): Promise<FilledIndexes> {
  const sql = openUpkeep();
  const filled = { indexes: 0, freedBytes: 0 };
  try {
    await dropBrokenRebuilds(sql);
    for (const { name, bytes, rows, columns, fillPercent } of await listIndexRoom(sql)) {
      if (signal.aborted) break;
      if (!isHalfEmpty(bytes, fullIndexBytes(rows, columns, fillPercent))) continue;
      filled.freedBytes += bytes - (await rebuildIndex(sql, name, signal));
      filled.indexes += 1;
    }
    return filled;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
