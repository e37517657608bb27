const DAY_MS = 86_400_000;

/** How many days before its end something about to expire is told, the last time first. */
export const EXPIRY_DAYS = [1, 3, 14] as const;

/**
 * The warning due at `now`, as one of EXPIRY_DAYS, or null. Times are in epoch milliseconds.
 *
 * A key made with less time left gets no such warning.
 */
export function daysToTell(expiresAt: number, now: number, madeAt = -Infinity): number | null {
  if (expiresAt <= now) return null;
  const days = EXPIRY_DAYS.find((count) => expiresAt - now <= count * DAY_MS);
  return days === undefined || madeAt > expiresAt - days * DAY_MS ? null : days;
}
