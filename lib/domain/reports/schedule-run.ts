/** One who gets a report, and what came of it. */
export interface RunRecipient {
  address: string;
  /** null for an address that is no member's. */
  userId: number | null;
  /** Of the mail, the same on every attempt. */
  messageId: string;
  /** refused: nothing was sent, because the portal does not allow it any more or the schedule was paused. */
  state: "waiting" | "sent" | "failed" | "refused";
  note: string | null;
}

export type RunState = "waiting" | "sent" | "failed" | "missed" | "stopped";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How long after an attempt the next one follows; a report that comes a day late is no report any more. */
const DELAYS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 300 * MINUTE] as const;

/** When attempt `number` (from 1) is followed by another, epoch milliseconds; null when it was the last. */
export function nextReportAttempt(number: number, now: number): number | null {
  const delay = DELAYS[number - 1];
  return delay === undefined ? null : now + delay;
}
