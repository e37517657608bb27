/** Clocks of several servers and of the database differ by less. */
const AHEAD_MS = 5 * 60_000;

/** Whether an instant that has passed was noted by a clock that was ahead at the time; both in epoch milliseconds. */
export function isAhead(notedAt: number, now: number): boolean {
  return notedAt > now + AHEAD_MS;
}
