import { noteForgetting } from "@/db/queries/detections/follow-events";
import { deleteOldMemories, type MemoryPlace } from "@/db/queries/detections/memories";
import { listCompaniesToForget } from "@/db/queries/global/detection-clock";
import { operatorScope, writeWithin } from "@/db/scope";
import { KEPT_FOREVER, OTHER_KEPT_DAYS, SHORT_KEPT_DAYS } from "@/lib/domain/detections/kept";
import { logger } from "@/lib/logger";
import { splitKey } from "./load-memories";

const EVERY_SECONDS = 10 * 60;
/** Few enough that their transaction isn't noticeable. */
const LOOKED_THROUGH_AT_ONCE = 5_000;

/**
 * Deletes what nothing has touched for so long that its rule would forget it at once, of each company every ten minutes,
 * backlog or not: invented names of accounts make memories faster than any single look could delete them.
 */
export async function forgetOnce(signal: AbortSignal): Promise<void> {
  for (const companyId of await listCompaniesToForget(EVERY_SECONDS)) {
    if (signal.aborted) return;
    try {
      await forgetOf(companyId, signal);
    } catch (error) {
      logger.error({ err: error, companyId }, "Can't delete what a company's rules forget; trying again");
    }
  }
}

/** In transactions of a few thousand each; `atOnce` is how many. A server that is killed leaves the rest to the next time. */
export async function forgetOf(
  companyId: number,
  signal: AbortSignal,
  atOnce: number = LOOKED_THROUGH_AT_ONCE,
): Promise<void> {
  const scope = operatorScope(companyId);
  if (!(await writeWithin(scope, (tx) => noteForgetting(tx, scope, EVERY_SECONDS)))) return;
  const kept = { days: SHORT_KEPT_DAYS, otherDays: OTHER_KEPT_DAYS, forever: splitKey(KEPT_FOREVER) };
  let place: MemoryPlace | null = null;
  do {
    const after: MemoryPlace | null = place;
    place = await writeWithin(scope, (tx) => deleteOldMemories(tx, scope, kept, after, atOnce));
  } while (place && !signal.aborted);
}
