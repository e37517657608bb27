const HOUR_MS = 3_600_000;
const BELIEVED_AT_ONCE_MS = 72 * HOUR_MS;
const BELIEVED_AFTER_MS = 20 * HOUR_MS;

/** What earlier looks at the clock have noted; epoch milliseconds. */
export interface ClockSightings {
  /** The last that was believed; null before the first. */
  last: number | null;
  /** The first since then that was not. */
  doubted: number | null;
}

/**
 * Whether something may be deleted for good because of what the clock says now (epoch milliseconds).
 *
 * Three days after the last look or earlier, it is believed. If it has moved on further, the portal was off or the clock
 * is wrong: it is believed 20 hours after it was first doubted, so a wrong clock has a day to be noticed. It is always
 * believed in the end, and nothing but its going on is needed for that.
 */
export function judgeClock(
  now: number,
  { last, doubted }: ClockSightings,
): { isBelieved: true } | { isBelieved: false; doubted: number } {
  if (last === null || now - last <= BELIEVED_AT_ONCE_MS) return { isBelieved: true };
  // One that lies ahead is of a clock that has been corrected since, but not by enough.
  const first = doubted !== null && doubted > last && doubted <= now ? doubted : now;
  return now - first >= BELIEVED_AFTER_MS ? { isBelieved: true } : { isBelieved: false, doubted: first };
}
