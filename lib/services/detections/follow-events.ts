import { listCompaniesToAsk, tickDetectionClock } from "@/db/queries/global/detection-clock";
import { logger } from "@/lib/logger";
import { rest, Served, takeTurns, type Turns } from "./company-turns";
import { followCompany } from "./follow-company";
import { forgetOnce } from "./forget-memories";

const TICK_MILLISECONDS = 500;
const FORGET_LOOK_MILLISECONDS = 60_000;
const AFTER_ERROR_MILLISECONDS = 5_000;
/**
 * A rest follows each batch of a backlog, so many times as long as it took: after an update or a flood it takes at most a
 * third of the machine from pages and reports, and a fifth while agents send. Learning habits, which isn't urgent,
 * takes a sixth and a tenth besides.
 */
const RESTS_PER_BATCH = 2;
const RESTS_WHILE_SENDING = 4;
const LEARNING_RESTS_PER_BATCH = 5;
const LEARNING_RESTS_WHILE_SENDING = 9;
/** Few enough that their transaction isn't noticeable. */
const BATCH = 200;

/** Rules at work on what is stored, until stopped. */
export interface FollowingEvents {
  /** Waits for the batch that is under way. */
  stop(): Promise<void>;
}

/**
 * Asks the rules about new events twice a second. Every server does; the database decides who asks for which company.
 * Companies that learn habits first do so beside it, as their looks at all that is stored take long.
 */
export function followEvents(areAgentsSending: () => boolean): FollowingEvents {
  const stopping = new AbortController();
  const [followed, learned] = [new Served(), new Served()];
  const { signal } = stopping;
  const done = Promise.all([
    repeat(() => followOnce(signal, areAgentsSending, followed), signal),
    repeat(() => learnOnce(signal, areAgentsSending, learned), signal),
    repeat(() => forgetOnce(signal), signal, FORGET_LOOK_MILLISECONDS),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function repeat(
  once: () => Promise<void>,
  signal: AbortSignal,
  everyMilliseconds = TICK_MILLISECONDS,
): Promise<void> {
  let isFailing = false;
  while (!signal.aborted) {
    let wait = everyMilliseconds;
    try {
      await once();
      isFailing = false;
    } catch (error) {
      if (!isFailing) logger.error({ err: error }, "Can't check new events for alerts; trying again");
      isFailing = true;
      wait = AFTER_ERROR_MILLISECONDS;
    }
    await rest(wait, signal);
  }
}

/** Looks, and asks about all that is settled; companies take turns by batches. What is settled meanwhile is asked too. */
export async function followOnce(
  signal: AbortSignal,
  areAgentsSending: () => boolean,
  served = new Served(),
): Promise<void> {
  await takeTurns(askingTurns(signal, areAgentsSending), served);
}

/** Has companies that learn habits first learn them; they take turns as well. */
export async function learnOnce(
  signal: AbortSignal,
  areAgentsSending: () => boolean,
  served = new Served(),
): Promise<void> {
  const turns: Turns = {
    signal,
    list: () => listCompaniesToAsk(true),
    step: (companyId) => followCompany(companyId, BATCH),
    rests: () => (areAgentsSending() ? LEARNING_RESTS_WHILE_SENDING : LEARNING_RESTS_PER_BATCH),
  };
  await takeTurns(turns, served);
}

/** How followOnce asks. */
export function askingTurns(signal: AbortSignal, areAgentsSending: () => boolean): Turns {
  let tickedAt = -Infinity;
  const look = async () => {
    if (performance.now() - tickedAt < TICK_MILLISECONDS) return false;
    tickedAt = performance.now();
    await tickDetectionClock();
    return true;
  };
  return {
    signal,
    look,
    list: () => listCompaniesToAsk(false),
    step: (companyId) => followCompany(companyId, BATCH),
    rests: (isMore) => (areAgentsSending() ? RESTS_WHILE_SENDING : isMore ? RESTS_PER_BATCH : null),
  };
}
