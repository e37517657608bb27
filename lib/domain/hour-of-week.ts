import { zoneCalendar } from "./zone-calendar";
import type { IanaZone } from "./zones";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 1970-01-01 was a Thursday. */
const WEEKDAY_OF_DAY_ZERO = 3;

/** What the zone's clocks show at an instant (epoch milliseconds): the weekday, 0 being Monday, and the hour. */
export function hourOfWeek(at: number, zone: IanaZone): { weekday: number; hour: number } {
  const wall = at + zoneCalendar(zone).offsetMsAt(at);
  const day = Math.floor(wall / DAY_MS);
  return {
    weekday: (((day + WEEKDAY_OF_DAY_ZERO) % 7) + 7) % 7,
    hour: Math.floor((wall - day * DAY_MS) / HOUR_MS),
  };
}

/** Adds counts of quarter-hours (their starts, epoch milliseconds) up by weekday and hour; seven rows of 24. */
export function sumByHourOfWeek(
  quarters: Iterable<{ at: number; count: number }>,
  zone: IanaZone,
): number[][] {
  const sums = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { at, count } of quarters) {
    const { weekday, hour } = hourOfWeek(at, zone);
    sums[weekday]![hour]! += count;
  }
  return sums;
}
