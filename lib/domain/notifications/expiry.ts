const DAY_MS = 86_400_000;

/** How many days before its end something about to expire is told, the last time first. */
export const EXPIRY_DAYS = [1, 3, 14] as const;

/**
 * Within how many days it expires, as is to be told at `now`; null for not yet, or no more. All in epoch milliseconds.
 *
 * What was made with less time left than that is not told for having it: whoever made it knows.
 */
export function daysToTell(expiresAt: number, now: number, madeAt = -Infinity): number | null {
  if (expiresAt <= now) return null;
  const days = EXPIRY_DAYS.find((count) => expiresAt - now <= count * DAY_MS);
  return days === undefined || madeAt > expiresAt - days * DAY_MS ? null : days;
}
