import { setTimeout as pause } from "node:timers/promises";
import { listCompaniesToAsk, tickDetectionClock } from "@/db/queries/global/detection-clock";
import { logger } from "@/lib/logger";
import { haveAgentsSentWithin } from "../events/record-events";
import { followCompany } from "./follow-company";

const TICK_MILLISECONDS = 500;
const AFTER_ERROR_MILLISECONDS = 5_000;
const COMPANIES_AT_ONCE = 50;
/**
 * While agents send, batches are small and a rest follows each, so many times as long as it took: a backlog takes at
 * most a fifth of the machine from them, and still goes by far faster than they add to it.
 */
const RESTS_PER_BATCH = 4;
const LONGEST_REST_MILLISECONDS = 1_000;
const SENDING_MILLISECONDS = 1_000;
const BATCH_WHILE_SENDING = 200;

/** Rules at work on what is stored, until stopped. */
export interface FollowingEvents {
  /** Waits for the batch that is under way. */
  stop(): Promise<void>;
}

/** Asks the rules about new events twice a second. Every server does; the database decides who asks for which company. */
export function followEvents(): FollowingEvents {
  const stopping = new AbortController();
  const done = run(stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}

async function run(signal: AbortSignal): Promise<void> {
  let isFailing = false;
  while (!signal.aborted) {
    let wait = TICK_MILLISECONDS;
    try {
      await followOnce(signal);
      isFailing = false;
    } catch (error) {
      if (!isFailing) logger.error({ err: error }, "events could not be followed for alerts; trying again");
      isFailing = true;
      wait = AFTER_ERROR_MILLISECONDS;
    }
    await rest(wait, signal);
  }
}

function restAfter(batchMilliseconds: number): number {
  return Math.min(batchMilliseconds * RESTS_PER_BATCH, LONGEST_REST_MILLISECONDS);
}

/** Ends at once when the signal is raised. */
async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}

/** Looks once, and asks about all that is settled; companies take turns by batches. */
export async function followOnce(signal: AbortSignal): Promise<void> {
  await tickDetectionClock();
  for (;;) {
    let isMore = false;
    for (const companyId of await listCompaniesToAsk(COMPANIES_AT_ONCE)) {
      if (signal.aborted) return;
      const begunAt = performance.now();
      const areAgentsSending = haveAgentsSentWithin(SENDING_MILLISECONDS);
      isMore = (await followOne(companyId, areAgentsSending ? BATCH_WHILE_SENDING : undefined)) || isMore;
      if (areAgentsSending) await rest(restAfter(performance.now() - begunAt), signal);
    }
    if (!isMore) return;
  }
}

/** A company whose events cannot be asked about does not keep the others waiting. */
async function followOne(companyId: number, batch: number | undefined): Promise<boolean> {
  try {
    return (await followCompany(companyId, batch)) === "more";
  } catch (error) {
    logger.error(
      { err: error, companyId },
      "the rules could not be asked about a company's events; trying again",
    );
    return false;
  }
}
