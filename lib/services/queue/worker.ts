import { database } from "@/db/client";
import { listenTo } from "@/db/pg-notify";
import {
  extendLeases,
  LeaseLost,
  putOffEntry,
  takeEntries,
  untilNextEntry,
  type QueuePart,
  type TakenEntry,
} from "@/db/queries/global/queue";
import { logger } from "@/lib/logger";
import type { QueueFeeder, QueueHandler } from "./queue-handler";

/** Also what a lost NOTIFY costs at most. */
const LONGEST_PAUSE_MILLISECONDS = 5_000;
const SHORTEST_PAUSE_MILLISECONDS = 20;
/** How long a stopping server waits for what it is at. */
const STOP_MILLISECONDS = 5_000;
const LONGEST_BACKOFF_SECONDS = 60;

interface Running {
  entry: TakenEntry;
  handler: QueueHandler;
  lost: AbortController;
  done: Promise<void>;
}

interface Worker {
  handlers: readonly QueueHandler[];
  /** When each is to feed next, on the clock of performance.now(). */
  feeders: readonly { feeder: QueueFeeder; nextAt: number }[];
  stop: AbortController;
  running: Set<Running>;
  timer: NodeJS.Timeout | undefined;
  heartbeat: NodeJS.Timeout;
  /** Settled while no look is in progress. */
  looking: Promise<void> | undefined;
  isAskedAgain: boolean;
  stopListening: () => void;
}

/** A queue at work, until it is stopped. */
export interface RunningQueue {
  /** Takes nothing new, asks what runs to stop and waits up to five seconds; what is left is taken up again later. */
  stop(): Promise<void>;
}

/**
 * Works on queues: takes what is due, by any number of servers each entry once, and hands it to its handler.
 *
 * Looks immediately when a NOTIFY announces something new, when the next entry is due, and every five seconds.
 */
export function startQueue(
  handlers: readonly QueueHandler[],
  feeders: readonly QueueFeeder[] = [],
): RunningQueue {
  const shortestLease = Math.min(...handlers.map(({ leaseSeconds }) => leaseSeconds));
  const worker: Worker = {
    handlers,
    feeders: feeders.map((feeder) => ({
      feeder,
      nextAt: performance.now() + (feeder.firstAfterMilliseconds ?? 0),
    })),
    stop: new AbortController(),
    running: new Set(),
    timer: undefined,
    heartbeat: setInterval(() => void keepLeases(worker), (shortestLease * 1000) / 3).unref(),
    looking: undefined,
    isAskedAgain: false,
    stopListening: () => undefined,
  };
  const wake = () => look(worker);
  worker.stopListening = listenTo("winauthmon_queue", { onMessage: wake, onConnect: wake });
  look(worker);
  return { stop: () => stopWorker(worker) };
}

async function stopWorker(worker: Worker): Promise<void> {
  worker.stopListening();
  clearTimeout(worker.timer);
  worker.stop.abort(new Error("The server stops."));
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (patience = setTimeout(resolve, STOP_MILLISECONDS).unref()));
  const finished = async () => {
    await worker.looking;
    await Promise.all([...worker.running].map(({ done }) => done));
  };
  await Promise.race([finished(), late]);
  clearTimeout(patience);
  clearInterval(worker.heartbeat);
}

/** One look at a time; asked for during one, another follows. */
function look(worker: Worker): void {
  if (worker.stop.signal.aborted) return;
  if (worker.looking) {
    worker.isAskedAgain = true;
    return;
  }
  clearTimeout(worker.timer);
  worker.isAskedAgain = false;
  worker.looking = lookOnce(worker)
    .catch((error: unknown) => {
      logger.warn({ err: error }, "Can't read the queue; trying again soon");
      return LONGEST_PAUSE_MILLISECONDS;
    })
    .then((pause) => {
      worker.looking = undefined;
      if (worker.stop.signal.aborted) return;
      if (worker.isAskedAgain) look(worker);
      else worker.timer = setTimeout(() => look(worker), pause).unref();
    });
}

/** Gives the milliseconds until the next look. */
async function lookOnce(worker: Worker): Promise<number> {
  const isMore = await feed(worker);
  let isFull = false;
  const parts: QueuePart[] = [];
  for (const handler of worker.handlers) {
    const exceptCompanies = await takeDue(worker, handler);
    isFull ||= exceptCompanies === null;
    parts.push({ queue: handler.queue, exceptCompanies: exceptCompanies ?? [] });
  }
  if (isMore) return 0;
  // A finished entry looks again, so a full server need not.
  if (isFull) return LONGEST_PAUSE_MILLISECONDS;
  const until = await untilNextEntry(parts);
  return Math.min(Math.max(until ?? Infinity, SHORTEST_PAUSE_MILLISECONDS), LONGEST_PAUSE_MILLISECONDS);
}

/**
 * Launches what is due while there is room. Companies take turns: those with nothing under way come first, and none gets
 * more than its share. Gives the companies that have their share under way; null when there is no room left.
 */
async function takeDue(worker: Worker, handler: QueueHandler): Promise<number[] | null> {
  const { queue, concurrency, leaseSeconds } = handler;
  const mostPerCompany = handler.mostPerCompany ?? concurrency;
  const isShared = mostPerCompany < concurrency;
  let isForIdle = isShared;
  // What finishes meanwhile makes room for the next look, or this one would never come to the other queues.
  let left = concurrency - [...countBusy(worker, handler).values()].reduce((sum, count) => sum + count, 0);
  while (left > 0) {
    const busy = countBusy(worker, handler);
    const full = [...busy.keys()].filter((companyId) => busy.get(companyId)! >= mostPerCompany);
    if (isShared && !isForIdle && full.length === busy.size) return full;
    // The rest of a share is taken one by one, so that none exceeds it.
    const limit = isForIdle ? Math.min(left, mostPerCompany) : isShared ? 1 : left;
    const taken = await takeEntries(queue, limit, leaseSeconds, isForIdle ? [...busy.keys()] : full);
    for (const entry of taken) launch(worker, handler, entry);
    left -= taken.length;
    if (isForIdle) isForIdle = taken.length > 0;
    else if (taken.length < limit) return full;
  }
  return null;
}

/** How many entries of the handler each company has under way here. */
function countBusy(worker: Worker, handler: QueueHandler): Map<number, number> {
  const busy = new Map<number, number>();
  for (const running of worker.running) {
    if (running.handler !== handler) continue;
    const { companyId } = running.entry;
    busy.set(companyId, (busy.get(companyId) ?? 0) + 1);
  }
  return busy;
}

async function feed(worker: Worker): Promise<boolean> {
  let isMore = false;
  for (const fed of worker.feeders) {
    if (fed.nextAt > performance.now()) continue;
    isMore = (await fed.feeder.feed()) || isMore;
    fed.nextAt = performance.now() + fed.feeder.everyMilliseconds;
  }
  return isMore;
}

function launch(worker: Worker, handler: QueueHandler, entry: TakenEntry): void {
  const lost = new AbortController();
  const running: Running = { entry, handler, lost, done: Promise.resolve() };
  worker.running.add(running);
  running.done = handler
    .run(entry, AbortSignal.any([worker.stop.signal, lost.signal]))
    .catch((error: unknown) => giveBack(worker, entry, error))
    .finally(() => {
      worker.running.delete(running);
      look(worker);
    });
}

/** Retries with growing delay; an entry whose lease another server took is left to it. */
async function giveBack(worker: Worker, entry: TakenEntry, error: unknown): Promise<void> {
  const { queue, key, companyId, takenCount } = entry;
  if (!(error instanceof LeaseLost) && !worker.stop.signal.aborted) {
    logger.error({ err: error, queue, entry: key, companyId }, "Queue entry failed; trying again");
  }
  const seconds = worker.stop.signal.aborted ? 0 : Math.min(2 ** takenCount, LONGEST_BACKOFF_SECONDS);
  await putOffEntry(database(), entry, new Date(Date.now() + seconds * 1000), { isFailure: true }).catch(
    () => undefined, // in an outage the lease runs out by itself
  );
}

async function keepLeases(worker: Worker): Promise<void> {
  for (const handler of worker.handlers) {
    const held = [...worker.running].filter((running) => running.handler === handler);
    if (held.length === 0) continue;
    const leases = held.map(({ entry }) => entry.lease);
    const kept = await extendLeases(leases, handler.leaseSeconds).catch(() => null);
    for (const running of held) {
      const isGone = kept !== null && !kept.has(running.entry.lease) && worker.running.has(running);
      if (isGone) running.lost.abort(new LeaseLost());
    }
  }
}
