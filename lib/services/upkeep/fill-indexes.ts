import { isDistributed } from "@/db/distribute";
import { listIndexRoom, mendBrokenRebuilds, openUpkeep, rebuildIndex } from "@/db/queries/global/index-room";
import { logger } from "@/lib/logger";
import { fullIndexBytes, isWorthRebuilding } from "@/lib/domain/operations/index-room";

export interface FilledIndexes {
  indexes: number;
  freedBytes: number;
}

/**
 * Rebuilds those indexes of events that are a tenth larger than full pages would be, one after another, beside ingest
 * and reports. Stops between two indexes, or within one, once the signal says so.
 *
 * Accounts and computers have events all the time, so their pages split in the middle and nothing fills the older
 * halves again: up to twice the room. Where events come in the order of time, PostgreSQL leaves a tenth of each page.
 */
export async function fillIndexes(signal: AbortSignal): Promise<FilledIndexes> {
  const sql = openUpkeep();
  const filled = { indexes: 0, freedBytes: 0 };
  try {
    if (await isDistributed(sql)) {
      logger.warn(
        "Indexes of a Citus cluster can't be rebuilt from here; run reindex concurrently on its workers",
      );
      return filled;
    }
    await mendBrokenRebuilds(sql);
    for (const { name, bytes, rows, columns } of await listIndexRoom(sql)) {
      if (signal.aborted) break;
      if (!isWorthRebuilding(bytes, fullIndexBytes(rows, columns))) continue;
      filled.freedBytes += bytes - (await rebuildIndex(sql, name, signal));
      filled.indexes += 1;
    }
    return filled;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
