import { addLocalDays, localDateOf, zonedDateTimeToInstant, type IanaZone } from "../zones";
import { isAhead } from "./clock-ahead";

/** When a job is due: at an hour (0 to 23) in the portal's zone, or a number of minutes after its last start. */
export type JobSchedule = { kind: "daily"; hour: number } | { kind: "every"; minutes: number };

/** What is known of a job's runs; epoch milliseconds. */
export interface JobHistory {
  lastStartedAt: number | null;
  lastFinishedAt: number | null;
  lastSucceededAt: number | null;
  /** Forgotten once a run has started. */
  requestedAt: number | null;
}

const MINUTE_MS = 60_000;
/** A run whose server died goes on after this long, so that a run that kills its server does not do so at once. */
const RESUME_MS = 5 * MINUTE_MS;
const RETRY_MS = 60 * MINUTE_MS;

/**
 * When the job is due next, perhaps in the past, which means now; null while it is switched off.
 *
 * A job that never ran is due at once, one asked for too. One that failed is tried again after an hour, one that was
 * broken off five minutes after its start; neither later than its next regular time. One that has started in the future,
 * by a clock that was ahead, is due at once.
 */
export function jobDueAt(
  history: JobHistory,
  schedule: JobSchedule | null,
  zone: IanaZone,
  now: number,
): number | null {
  const { lastStartedAt, lastFinishedAt, lastSucceededAt, requestedAt } = history;
  const wasAhead = lastStartedAt !== null && isAhead(lastStartedAt, now);
  const isRequested = requestedAt !== null && (wasAhead || requestedAt > (lastStartedAt ?? 0));
  if (isRequested) return Math.min(requestedAt, now);
  if (schedule === null) return null;
  if (lastStartedAt === null || wasAhead) return now;
  const regular = slotAfter(lastStartedAt, schedule, zone);
  const wasBrokenOff = lastFinishedAt === null || lastFinishedAt < lastStartedAt;
  if (wasBrokenOff) return Math.min(regular, lastStartedAt + RESUME_MS);
  const hasFailed = lastSucceededAt === null || lastSucceededAt < lastFinishedAt;
  return hasFailed ? Math.min(regular, lastFinishedAt + RETRY_MS) : regular;
}

/** The first regular time after the instant. Where clocks skip the hour, the run comes an hour later. */
function slotAfter(at: number, schedule: JobSchedule, zone: IanaZone): number {
  if (schedule.kind === "every") return at + schedule.minutes * MINUTE_MS;
  let date = localDateOf(at, zone);
  for (;;) {
    const [year, month, day] = date.split("-").map(Number) as [number, number, number];
    const slot = zonedDateTimeToInstant({ year, month, day, hour: schedule.hour, minute: 0 }, zone, "later");
    if (slot > at) return slot;
    date = addLocalDays(date, 1);
  }
}
