import { isAhead } from "../operations/clock-ahead";
import type { IanaZone } from "../zones";
import { quietUntil, type QuietHours } from "./quiet-hours";

/** Defaults of a channel; each may have its own. */
export const GROUP_WAIT_SECONDS = 30;
export const GROUP_INTERVAL_SECONDS = 300;
/** A condition that still holds after this time is notified again. */
export const REMINDER_MS = 4 * 3_600_000;

/** How a channel gathers, in its company's zone. */
export interface GroupRules {
  waitSeconds: number;
  intervalSeconds: number;
  quiet: QuietHours | null;
  zone: IanaZone;
  /** null while it is not paused. */
  pausedUntil: number | null;
}

/** What waits for a channel; epoch milliseconds, null for nothing. */
export interface Waiting {
  oldestCriticalAt: number | null;
  oldestOtherAt: number | null;
  /** When the channel's last message was made. */
  lastMessageAt: number | null;
}

export interface GroupPlan {
  /** When to create the next message; a time in the past means now. */
  at: number;
  /** What it takes: everything, or in quiet hours the critical alone. */
  takes: "all" | "critical";
}

/**
 * When a channel's next message is due and what it holds; null when nothing waits.
 *
 * The first message comes 30 s after the first notification, so that what belongs together travels together; further
 * ones follow five minutes after the message before. Quiet hours put off all but critical notifications. What a clock that
 * was ahead has noted delays nothing.
 */
export function planGroup(waiting: Waiting, rules: GroupRules, now: number): GroupPlan | null {
  const { oldestCriticalAt, oldestOtherAt, lastMessageAt } = waiting;
  const after = (at: number, seconds: number) => (isAhead(at, now) ? now : at + seconds * 1000);
  const due = (oldestAt: number) =>
    Math.max(
      after(oldestAt, rules.waitSeconds),
      lastMessageAt === null ? 0 : after(lastMessageAt, rules.intervalSeconds),
      rules.pausedUntil ?? 0,
    );
  const other = oldestOtherAt === null ? null : afterQuiet(due(oldestOtherAt), rules, now);
  const critical = oldestCriticalAt === null ? null : due(oldestCriticalAt);
  if (critical !== null && (other === null || critical < other)) {
    return { at: critical, takes: isQuietAt(Math.max(critical, now), rules) ? "critical" : "all" };
  }
  return other === null ? null : { at: other, takes: "all" };
}

function isQuietAt(at: number, { quiet, zone }: GroupRules): boolean {
  return quietUntil(at, quiet, zone) !== null;
}

/** `due`, or the end of the quiet hours that hold when it would really be sent. */
function afterQuiet(due: number, { quiet, zone }: GroupRules, now: number): number {
  return quietUntil(Math.max(due, now), quiet, zone) ?? due;
}
