const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Of an event that arrives later than this it is noted that what is stored may lack it. */
export const LATE_AFTER_MS = 12 * HOUR_MS;
/** A day is stored so long after its end. Longer than LATE_AFTER_MS by far more than servers' clocks may differ. */
const STORED_AFTER_MS = 18 * HOUR_MS;

/** The end of the days that may be stored now, a midnight of UTC; epoch milliseconds. */
export function storedUntil(now: number): number {
  return Math.floor((now - STORED_AFTER_MS) / DAY_MS) * DAY_MS;
}

/**
 * What is stored through a later instant was stored while a clock was ahead, and may lack events: none of them arrived late
 * by the right one. Epoch milliseconds.
 */
export function believedUntil(now: number): number {
  return now - LATE_AFTER_MS;
}

/** The beginning of the month of UTC that holds the instant; epoch milliseconds. */
export function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** The beginning of the month behind it. */
export function nextMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
