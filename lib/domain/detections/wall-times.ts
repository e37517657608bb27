import { packMinutes, PackedMinutes } from "./packed-minutes";
import { zoneCalendar } from "../zone-calendar";
import type { IanaZone } from "../zones";

const MINUTE = 60_000;
export const DAY_MINUTES = 1_440;
const QUARTER_MINUTES = 15;
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
  const added = Math.max(0, minute);
  const reader = new PackedMinutes(packed);
  const newer: number[] = [];
  const quarter = [added];
  while (reader.next() && quarterOf(reader.minute) >= quarterOf(added)) {
    const isLater = quarterOf(reader.minute) > quarterOf(added);
    (isLater ? newer : quarter).push(reader.minute);
  }
  const ends = quarter.length === 1 ? quarter : [Math.max(...quarter), Math.min(...quarter)];
  // What is older than the quarter stays as it is, and only its first minute gets another gap before it.
  const older = reader.isOver ? [] : [reader.minute];
  return withoutOldest(packMinutes([...newer, ...ends, ...older]) + reader.rest, most);
}

function withoutOldest(packed: string, most: number): string {
  const reader = new PackedMinutes(packed);
  reader.next();
  const oldest = reader.minute - (SEEN_DAYS + 1) * DAY_MINUTES;
  let end = reader.place;
  for (let count = 1; count < most && reader.next() && reader.minute >= oldest; count += 1)
    end = reader.place;
  return packed.slice(0, end);
}

/** Packed minutes as numbers, in order. */
export function minutesOf(packed: string): number[] {
  const minutes: number[] = [];
  const reader = new PackedMinutes(packed);
  while (reader.next()) minutes.push(reader.minute);
  return minutes.toReversed();
}

/** Whether one of the packed minutes since a day is near the time of day. One in a repeated hour may seem to come later. */
export function hasNear(packed: string, wall: number, fromDay: number, minutes: number): boolean {
  const reader = new PackedMinutes(packed);
  while (reader.next() && dayOfWall(reader.minute) >= fromDay) {
    if (reader.minute <= wall + 60 && timeOfDayApart(reader.minute, wall) <= minutes) return true;
  }
  return false;
}

const quarterOf = (minute: number) => Math.floor(minute / QUARTER_MINUTES);
