import { pullBackEntries } from "@/db/queries/global/queue";
import { logger } from "@/lib/logger";
import type { QueueFeeder } from "./queue-handler";

const PULLED_BACK =
  "Queue entries lay too far ahead, put by an earlier version or while the database's clock was ahead; they are due now";

/**
 * Has what was put while the database's clock was ahead done now, not only once the clock has come so far again. The end of
 * a pause or of quiet hours that an earlier version put far ahead is looked at early, and put off again.
 */
export const strayFeeder: QueueFeeder = {
  everyMilliseconds: 60_000,
  feed: async () => {
    const count = await pullBackEntries();
    if (count > 0) logger.warn({ count }, PULLED_BACK);
    return false;
  },
};
