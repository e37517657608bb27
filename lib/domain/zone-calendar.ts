import { tzOffset } from "@date-fns/tz/tzOffset";

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
const YEARS_KEPT = 128;
const ZONES_KEPT = 64;

/** Sorted instants with what holds from each on until the next; the first stands at the start of the UTC year. */
interface Steps {
  at: number[];
  value: number[];
}

/** One UTC year of a zone: its offsets from UTC and its local days. */
interface ZoneYear {
  from: number;
  to: number;
  offsets: Steps;
  days: Steps;
}

/**
 * A zone's calendar: local days are numbered, 0 being 1970-01-01, and instants are epoch milliseconds.
 *
 * A local day begins wherever the date on the wall changes to it. Where clocks go back over midnight it begins
 * twice, and a date that a zone skipped never begins; both have happened.
 */
export interface ZoneCalendar {
  offsetMsAt(at: number): number;
  /** The first instant after `at` with another offset; Infinity when there is none in the years up to `until`. */
  nextOffsetChange(at: number, until: number): number;
  dayAt(at: number): number;
  /** The first instant after `at` whose local day is another. */
  nextDayChange(at: number): number;
  /** Puts into `span` the local day of `at`, and from when to when it is that day without a break. */
  findDay(at: number, span: DaySpan): void;
  /** The first instant of the day, or of the next one that exists when the zone skipped it. */
  startOfDay(day: number): number;
}

export interface DaySpan {
  day: number;
  /** In the day, and at or before what was asked for. */
  from: number;
  /** The first instant after it that is in another day. */
  end: number;
}

function offsetMs(zone: string, at: number): number {
  const minutes = tzOffset(zone, new Date(at));
  if (Number.isNaN(minutes)) throw new RangeError(`No offset is known for ${zone} at ${at}`);
  return Math.round(minutes * 60) * SECOND_MS;
}

/** The first whole second in (before, after] whose offset is not the one at `before`. */
function findTransition(zone: string, before: number, after: number): number {
  const old = offsetMs(zone, before);
  let low = before / SECOND_MS;
  let high = after / SECOND_MS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle * SECOND_MS) === old) low = middle;
    else high = middle;
  }
  return high * SECOND_MS;
}

// No zone has changed its clocks there and back again within a day, so a look a day finds every change.
function readOffsets(zone: string, from: number, to: number): Steps {
  const steps: Steps = { at: [from], value: [offsetMs(zone, from)] };
  for (let at = from; at < to; at += DAY_MS) {
    if (offsetMs(zone, at + DAY_MS) === steps.value.at(-1)) continue;
    const change = findTransition(zone, at, at + DAY_MS);
    if (change >= to) continue;
    steps.at.push(change);
    steps.value.push(offsetMs(zone, change));
  }
  return steps;
}

function readDays(offsets: Steps, to: number): Steps {
  const days: Steps = { at: [], value: [] };
  offsets.at.forEach((from, index) => {
    const offset = offsets.value[index]!;
    const end = offsets.at[index + 1] ?? to;
    let day = Math.floor((from + offset) / DAY_MS);
    for (let at = from; at < end; day += 1, at = day * DAY_MS - offset) {
      if (days.value.at(-1) === day) continue;
      days.at.push(at);
      days.value.push(day);
    }
  });
  return days;
}

/** Index of the last step at or before `at`. */
function indexAt(steps: Steps, at: number): number {
  let low = 0;
  let high = steps.at.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps.at[middle]! <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** The same for a year's days, whose number tells about where a day is. */
function dayIndexAt({ from, days: { at: starts } }: ZoneYear, at: number): number {
  let index = Math.min(Math.floor((at - from) / DAY_MS), starts.length - 1);
  while (starts[index]! > at) index -= 1;
  while (index + 1 < starts.length && starts[index + 1]! <= at) index += 1;
  return index;
}

function readYear(zone: string, year: number): ZoneYear {
  const from = Date.UTC(year, 0, 1);
  const to = Date.UTC(year + 1, 0, 1);
  const offsets = readOffsets(zone, from, to);
  return { from, to, offsets, days: readDays(offsets, to) };
}

/** Gives the UTC year of an instant, each built once. @throws RangeError outside the years 100 to 9999. */
function makeYearLookup(zone: string): (at: number) => ZoneYear {
  const years = new Map<number, ZoneYear>();
  let recent: ZoneYear | null = null;
  return (at) => {
    if (recent !== null && at >= recent.from && at < recent.to) return recent;
    const number = new Date(at).getUTCFullYear();
    // Date.UTC reads years below 100 as of the twentieth century, and ISO dates end at 9999.
    if (!(number >= 100 && number <= 9999))
      throw new RangeError(`${at} is not an instant of the years 100 to 9999`);
    let year = years.get(number);
    if (year === undefined) {
      if (years.size >= YEARS_KEPT) years.clear();
      year = readYear(zone, number);
      years.set(number, year);
    }
    recent = year;
    return year;
  };
}

const offsetsOf = (year: ZoneYear) => year.offsets;
const daysOf = (year: ZoneYear) => year.days;

function makeCalendar(zone: string): ZoneCalendar {
  const yearAt = makeYearLookup(zone);

  function nextChange(at: number, stepsOf: (year: ZoneYear) => Steps, until: number): number {
    let year = yearAt(at);
    const own = stepsOf(year);
    const index = indexAt(own, at);
    if (index + 1 < own.at.length) return own.at[index + 1]!;
    while (year.to <= until) {
      year = yearAt(year.to);
      const steps = stepsOf(year);
      const next = steps.value.findIndex((value) => value !== own.value[index]);
      if (next >= 0) return steps.at[next]!;
    }
    return Infinity;
  }

  function valueAt(steps: Steps, at: number): number {
    return steps.value[indexAt(steps, at)]!;
  }

  const calendar: ZoneCalendar = {
    offsetMsAt: (at) => valueAt(yearAt(at).offsets, at),
    nextOffsetChange: (at, until) => nextChange(at, offsetsOf, until),
    dayAt: (at) => valueAt(yearAt(at).days, at),
    nextDayChange: (at) => nextChange(at, daysOf, Infinity),
    findDay(at, span) {
      const year = yearAt(at);
      const { at: starts, value } = year.days;
      const index = dayIndexAt(year, at);
      span.day = value[index]!;
      span.from = starts[index]!;
      span.end = index + 1 < starts.length ? starts[index + 1]! : nextChange(at, daysOf, Infinity);
    },
    startOfDay(day) {
      // No offset reaches a day, so 24 hours before midnight UTC it is an earlier day everywhere.
      let at = (day - 1) * DAY_MS;
      while (calendar.dayAt(at) < day) at = calendar.nextDayChange(at);
      return at;
    },
  };
  return calendar;
}

const calendars = new Map<string, ZoneCalendar>();

/** The calendar of a valid zone, built a year at a time as it is asked for and kept in memory. */
export function zoneCalendar(zone: string): ZoneCalendar {
  let calendar = calendars.get(zone);
  if (calendar === undefined) {
    if (calendars.size >= ZONES_KEPT) calendars.clear();
    calendar = makeCalendar(zone);
    calendars.set(zone, calendar);
  }
  return calendar;
}
