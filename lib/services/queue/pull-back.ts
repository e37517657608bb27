import { pullBackEntries } from "@/db/queries/global/queue";
import { logger } from "@/lib/logger";
import type { QueueFeeder } from "./queue-handler";

/** Has what was put while the database's clock was ahead done now, not only once the clock has come so far again. */
export const strayFeeder: QueueFeeder = {
  everyMilliseconds: 60_000,
  feed: async () => {
    const count = await pullBackEntries();
    if (count > 0)
      logger.warn({ count }, "Queue entries were put by a clock that was ahead; they are due now");
    return false;
  },
};
