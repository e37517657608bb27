import { env } from "@/lib/env";
import { AppError, isStatementTimeout } from "@/lib/errors";
import { processState } from "@/lib/process-state";
import { FairQueue, isQueueFull } from "./fair-queue";
import { laneOf, type ReportAsker } from "./report-queue";

/** Of the connections for pages: a list reads its rows and their number over two, and sessions need some of the rest. */
const SHARE_OF_POOL = 0.4;
const AT_ONCE_PER_USER = 2;
/** Waiting ones; a list takes milliseconds as a rule, so there can be more of them than of reports. */
const WAITING_PER_USER = 50;
const WAITING = 400;
const WAITING_PER_COMPANY = WAITING / 4;
const RETRY_SECONDS = 10;

function queue(): FairQueue {
  return processState("list-queue", () => {
    const { DATABASE_POOL_SIZE, REPORT_WAIT_SECONDS } = env();
    const atOnce = Math.max(1, Math.floor(DATABASE_POOL_SIZE * SHARE_OF_POOL));
    // With few connections, a list that takes long holds up those of others, but no session.
    const share = Math.max(1, atOnce - 1);
    return new FairQueue({
      atOnce,
      atOncePerReader: Math.min(AT_ONCE_PER_USER, share),
      atOncePerLane: share,
      slowPerReader: Infinity,
      openPerReader: WAITING_PER_USER,
      waiting: WAITING,
      waitingPerLane: WAITING_PER_COMPANY,
      waitMilliseconds: REPORT_WAIT_SECONDS * 1_000,
    });
  });
}

/**
 * Reads a page of a list over the connections of pages when its turn comes, so that no reader and no company takes them
 * all. The place is kept until `rest` of what was read is there, too.
 *
 * @throws AppError `limited` when too much waits, `unavailable` when a statement takes too long; the signal's reason.
 */
export async function runList<T>(
  { reader, scope, signal }: Omit<ReportAsker, "ticket">,
  work: () => Promise<T>,
  rest: (read: T) => Promise<unknown> = () => Promise.resolve(),
): Promise<T> {
  const place = await queue()
    .enter({ reader, lane: laneOf(scope) }, signal)
    .catch((error: unknown) => {
      if (!isQueueFull(error)) throw error;
      throw new AppError("limited", { key: "reports.tooManyLists" }, [], RETRY_SECONDS);
    });
  try {
    const read = await work();
    void rest(read)
      .catch(() => undefined)
      .finally(() => place.leave());
    return read;
  } catch (error) {
    place.leave();
    if (signal?.aborted) throw signal.reason;
    if (!isStatementTimeout(error)) throw error;
    throw new AppError("unavailable", { key: "errors.searchTooLong" }, [], RETRY_SECONDS);
  }
}
