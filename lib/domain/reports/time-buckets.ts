import { zoneCalendar, type ZoneCalendar } from "../zone-calendar";
import type { IanaZone } from "../zones";
import type { ReportRange } from "./report-range";

export type BucketUnit = "hour" | "day";

/** Part of a range; the first and the last may be shorter than an hour or a day. Epoch milliseconds. */
export interface TimeBucket {
  from: number;
  to: number;
}

const HOUR_MS = 3_600_000;
/** No bucket is longer, also where the clocks show an hour or a date twice. */
const LONGEST_MS: Readonly<Record<BucketUnit, number>> = { hour: 2 * HOUR_MS, day: 48 * HOUR_MS };
/** Hours are drawn up to this length of a range, days beyond. */
const LONGEST_IN_HOURS_MS = 72 * HOUR_MS;

/**
 * The unit that keeps a chart of the range readable: hours for three days, by the zone's clocks or in elapsed time, so
 * that a change of the clocks makes three days neither too long nor too short.
 */
export function bucketUnitFor({ from, to }: ReportRange, zone: IanaZone): BucketUnit {
  const { offsetMsAt } = zoneCalendar(zone);
  const onClocks = to - from + offsetMsAt(to) - offsetMsAt(from);
  return Math.min(to - from, onClocks) <= LONGEST_IN_HOURS_MS ? "hour" : "day";
}

/**
 * The local hours or days of a range, oldest first, without gaps; null where they are more than `most`, which is found
 * without looking for them all.
 *
 * An hour begins where the zone's clocks show it full, or another one than before because they were changed.
 */
export function timeBuckets(
  range: ReportRange,
  zone: IanaZone,
  unit: BucketUnit,
  most: number,
): TimeBucket[] | null {
  if (range.to - range.from > most * LONGEST_MS[unit]) return null;
  const starts: number[] = [];
  for (const at of startsOf(range, zoneCalendar(zone), unit)) {
    if (starts.length >= most) return null;
    starts.push(at);
  }
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? range.to }));
}

function startsOf(range: ReportRange, calendar: ZoneCalendar, unit: BucketUnit): Generator<number> {
  return unit === "day" ? dayStarts(range, calendar) : hourStarts(range, calendar);
}

function* dayStarts({ from, to }: ReportRange, calendar: ZoneCalendar): Generator<number> {
  for (let at = from; at < to; at = calendar.nextDayChange(at)) yield at;
}

/** Full hours between one change of the clocks and the next, and the changes that show another hour. */
function* hourStarts({ from, to }: ReportRange, calendar: ZoneCalendar): Generator<number> {
  const hourOf = (at: number) => Math.floor((at + calendar.offsetMsAt(at)) / HOUR_MS);
  for (let at = from; at < to;) {
    if (at === from || hourOf(at) !== hourOf(at - 1)) yield at;
    const change = Math.min(calendar.nextOffsetChange(at, to), to);
    const full = (hourOf(at) + 1) * HOUR_MS - calendar.offsetMsAt(at);
    for (let hour = full; hour < change; hour += HOUR_MS) yield hour;
    at = change;
  }
}

/** Finds the bucket of an instant of the range. */
export function bucketAt(buckets: readonly TimeBucket[], at: number): number {
  let low = 0;
  let high = buckets.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (buckets[middle]!.from <= at) low = middle;
    else high = middle;
  }
  return low;
}
