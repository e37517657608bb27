import { zoneCalendar } from "../zone-calendar";
import type { IanaZone } from "../zones";

const MINUTE = 60_000;
export const DAY_MINUTES = 1_440;
const QUARTER_MINUTES = 15;
/** Digits of base 36 that hold a minute until the year 2084. */
const WIDTH = 5;
/** How far hours of the day go back: four weeks before the day in question. */
export const SEEN_DAYS = 28;
/** 1970-01-01 was a Thursday. */
const SATURDAY = 2;

/** What the zone's clocks show at an instant, in whole minutes: 1,440 for each day since 1970-01-01. */
export function wallMinute(at: number, zone: IanaZone): number {
  return Math.floor((at + zoneCalendar(zone).offsetMsAt(at)) / MINUTE);
}

export const dayOfWall = (minute: number) => Math.floor(minute / DAY_MINUTES);

export function isWeekend(minute: number): boolean {
  const weekday = (((dayOfWall(minute) - SATURDAY) % 7) + 7) % 7;
  return weekday < 2;
}

/** How far two times of day lie apart, across midnight if that is nearer, in minutes. */
export function timeOfDayApart(one: number, other: number): number {
  const apart = (((one - other) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return Math.min(apart, DAY_MINUTES - apart);
}

/**
 * Adds a minute to packed ones, which stay in order, and gives up those out of sight and the oldest beyond `most`. Of
 * each quarter of an hour only the first and the last minute stay: no time of day is nearer to one between them.
 */
export function addMinute(packed: string, minute: number, most: number): string {
  const text = pack(minute);
  let place = packed.length;
  while (place > 0 && packed.slice(place - WIDTH, place) > text) place -= WIDTH;
  const all = withoutMiddle(packed.slice(0, place) + text + packed.slice(place), place);
  const newest = minuteAt(all, all.length - WIDTH);
  const oldest = pack(newest - (SEEN_DAYS + 1) * DAY_MINUTES);
  let start = Math.max(0, all.length - most * WIDTH);
  while (all.slice(start, start + WIDTH) < oldest) start += WIDTH;
  return all.slice(start);
}

/** Without what lies between the first and the last packed minute of the quarter of an hour that is at the place. */
function withoutMiddle(all: string, place: number): string {
  const quarterAt = (at: number) => Math.floor(minuteAt(all, at) / QUARTER_MINUTES);
  const quarter = quarterAt(place);
  let [from, to] = [place, place];
  while (from > 0 && quarterAt(from - WIDTH) === quarter) from -= WIDTH;
  while (to + WIDTH < all.length && quarterAt(to + WIDTH) === quarter) to += WIDTH;
  return to > from ? all.slice(0, from + WIDTH) + all.slice(to) : all;
}

/** Packed minutes as numbers, in order. */
export function minutesOf(packed: string): number[] {
  const minutes: number[] = [];
  for (let place = 0; place < packed.length; place += WIDTH) {
    minutes.push(minuteAt(packed, place));
  }
  return minutes;
}

/** Whether one of the packed minutes since a day is near the time of day. One in a repeated hour may seem to come later. */
export function hasNear(packed: string, wall: number, fromDay: number, minutes: number): boolean {
  for (let place = packed.length; place > 0; place -= WIDTH) {
    const one = minuteAt(packed, place - WIDTH);
    if (dayOfWall(one) < fromDay) return false;
    if (one <= wall + 60 && timeOfDayApart(one, wall) <= minutes) return true;
  }
  return false;
}

const minuteAt = (packed: string, place: number) => Number.parseInt(packed.slice(place, place + WIDTH), 36);
const pack = (minute: number) => Math.max(0, minute).toString(36).padStart(WIDTH, "0");
