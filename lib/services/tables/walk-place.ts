import { ALL_TIME } from "@/lib/domain/events/event-range";
import { wrongCursor } from "@/lib/services/reports/sort-cursor";

/** Where a walk through a list goes on. */
interface WalkPlace {
  /** The list's own. */
  cursor: string;
  /** What the walk's range ends at, epoch milliseconds; undefined in what earlier releases wrote. */
  rangeNow: number | undefined;
}

/** Neither the lists' cursors nor numbers contain it. */
const DIVIDER = ".";
const DAY_MS = 86_400_000;

/** A cursor for the address, which keeps a range by name the same on every page, also over midnight. */
export function encodePlace({ cursor, rangeNow }: WalkPlace & { rangeNow: number }): string {
  return `${cursor}${DIVIDER}${rangeNow.toString(36)}`;
}

/** @throws AppError `invalid` for a time at which no page was read; the clock of another server may be ahead. */
export function decodePlace(after: string, now: number): WalkPlace {
  const [cursor, time, ...others] = after.split(DIVIDER) as [string, string?, ...string[]];
  if (time === undefined) return { cursor, rangeNow: undefined };
  const rangeNow = /^[0-9a-z]{1,9}$/.test(time) ? Number.parseInt(time, 36) : 0;
  if (others.length > 0 || rangeNow < ALL_TIME.from || rangeNow > now + DAY_MS) throw wrongCursor();
  return { cursor, rangeNow };
}
