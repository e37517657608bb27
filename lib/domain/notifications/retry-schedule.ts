const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after the attempt before each one follows; the first is at once. */
const DELAYS = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** An attempt that takes longer has failed. */
export const ATTEMPT_TIMEOUT_MS = 15 * SECOND;
/** A channel with nothing but failures for this long is disabled. */
export const DISABLE_AFTER_MS = 5 * 24 * HOUR;
/** Up to this part of the delay is added at random, so that a receiver that comes back is not met by all at once. */
const JITTER = 0.2;
const LONGEST_WAIT = 24 * HOUR;

/** How an attempt went. `rejected`: the receiver wants no more of this message, so trying again is of no use. */
export type AttemptResult = "success" | "failed" | "rejected" | "gone";

export type NextStep =
  | { kind: "done" }
  | { kind: "retry"; at: number }
  /** Every attempt is used up, or the receiver refuses this message for good. */
  | { kind: "give-up" }
  /** The receiver says that it is gone: nothing is sent there any more. */
  | { kind: "disable" };

/** What an HTTP answer means: 2xx is success, 410 gone; everything else, redirects too, has failed. */
export function resultOfStatus(status: number): AttemptResult {
  if (status >= 200 && status < 300) return "success";
  return status === 410 ? "gone" : "failed";
}

/**
 * What follows attempt `number` (from 1), finished at `now` (epoch milliseconds).
 *
 * `retryAfterMs` is what the receiver asked for: the next attempt comes no sooner, but within a day. `random` is from
 * 0 to below 1.
 */
export function nextStep(
  { number, result, retryAfterMs }: { number: number; result: AttemptResult; retryAfterMs: number | null },
  now: number,
  random: number,
): NextStep {
  if (result === "success") return { kind: "done" };
  if (result === "gone") return { kind: "disable" };
  const delay = DELAYS[number];
  if (result === "rejected" || delay === undefined) return { kind: "give-up" };
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_WAIT);
  return { kind: "retry", at: now + Math.max(Math.round(delay * (1 + JITTER * random)), asked) };
}

/** `Retry-After` in milliseconds from `now`: seconds, or a date. null when absent, unreadable or past. */
export function parseRetryAfter(header: string | null | undefined, now: number): number | null {
  const text = header?.trim();
  if (!text) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  // Date.parse would take much else for a date.
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : NaN;
  return at > now ? at - now : null;
}

/**
 * Whether to disable a channel that has failed since then without a success in between. To be asked when a message is
 * given up: an outage of weeks ago says nothing of a message that fails now, which is to have all its attempts.
 */
export function isHopeless(failingSince: number | null, now: number): boolean {
  return failingSince !== null && now - failingSince >= DISABLE_AFTER_MS;
}
