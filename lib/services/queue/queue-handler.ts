import type { QueueName, TakenEntry } from "@/db/queries/global/queue";

/** Does what one queue holds. */
export interface QueueHandler {
  queue: QueueName;
  /** How many entries this process works on at a time. */
  concurrency: number;
  /** How many of them may be of one company, which must not keep all others waiting; null where all are the portal's own. */
  mostPerCompany: number | null;
  /** An entry is lost to another server this long after its server died; a living one keeps it for as long as it works. */
  leaseSeconds: number;
  /**
   * Does one entry and finishes it or puts it off, in the transaction that writes what came of it. When it throws, the
   * entry is taken again after a pause. The signal tells that the server stops or that the lease was lost.
   */
  run(entry: TakenEntry, signal: AbortSignal): Promise<void>;
}

/** Looks for new work and puts it into queues; every server does, so it must not matter how often. */
export interface QueueFeeder {
  /** From one look to the next; 0 looks whenever the queue is looked at. */
  everyMilliseconds: number;
  /** How long after the start the first look comes; at once when absent. */
  firstAfterMilliseconds?: number;
  /** True when there may be more at once. */
  feed(): Promise<boolean>;
}
