import { setTimeout as pause } from "node:timers/promises";
import { listCompaniesToAsk, tickDetectionClock } from "@/db/queries/global/detection-clock";
import { logger } from "@/lib/logger";
import { followCompany } from "./follow-company";

const TICK_MILLISECONDS = 500;
const AFTER_ERROR_MILLISECONDS = 5_000;
const COMPANIES_AT_ONCE = 50;
/**
 * A rest follows each batch of a backlog, so many times as long as it took: after an update or a flood it takes at most a
 * third of the machine from pages and reports, and a fifth while agents send.
 */
const RESTS_PER_BATCH = 2;
const RESTS_WHILE_SENDING = 4;
const LONGEST_REST_MILLISECONDS = 1_000;
/** Few enough that their transaction isn't noticeable. */
const BATCH = 200;

/** Rules at work on what is stored, until stopped. */
export interface FollowingEvents {
  /** Waits for the batch that is under way. */
  stop(): Promise<void>;
}

/** Asks the rules about new events twice a second. Every server does; the database decides who asks for which company. */
export function followEvents(areAgentsSending: () => boolean): FollowingEvents {
  const stopping = new AbortController();
  const done = run(stopping.signal, areAgentsSending);
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}

async function run(signal: AbortSignal, areAgentsSending: () => boolean): Promise<void> {
  let isFailing = false;
  while (!signal.aborted) {
    let wait = TICK_MILLISECONDS;
    try {
      await followOnce(signal, areAgentsSending);
      isFailing = false;
    } catch (error) {
      if (!isFailing) logger.error({ err: error }, "Can't check new events for alerts; trying again");
      isFailing = true;
      wait = AFTER_ERROR_MILLISECONDS;
    }
    await rest(wait, signal);
  }
}

/** Ends at once when the signal is raised. */
async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}

/** Looks once, and asks about all that is settled; companies take turns by batches. */
export async function followOnce(signal: AbortSignal, areAgentsSending: () => boolean): Promise<void> {
  await tickDetectionClock();
  for (;;) {
    let isMore = false;
    for (const companyId of await listCompaniesToAsk(COMPANIES_AT_ONCE)) {
      if (signal.aborted) return;
      const begunAt = performance.now();
      const isSending = areAgentsSending();
      const isFurther = await followOne(companyId);
      isMore ||= isFurther;
      if (!isFurther && !isSending) continue;
      const rests = isSending ? RESTS_WHILE_SENDING : RESTS_PER_BATCH;
      await rest(Math.min((performance.now() - begunAt) * rests, LONGEST_REST_MILLISECONDS), signal);
    }
    if (!isMore) return;
  }
}

/** A company whose events cannot be asked about does not keep the others waiting. */
async function followOne(companyId: number): Promise<boolean> {
  try {
    return (await followCompany(companyId, BATCH)) === "more";
  } catch (error) {
    logger.error({ err: error, companyId }, "Can't check a company's events against its rules; trying again");
    return false;
  }
}
