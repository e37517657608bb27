import { zoneCalendar } from "../zone-calendar";
import type { IanaZone } from "../zones";
import type { ReportRange } from "./report-range";

export type BucketUnit = "hour" | "day";

/** Part of a range; the first and the last may be shorter than an hour or a day. Epoch milliseconds. */
export interface TimeBucket {
  from: number;
  to: number;
}

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
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
 * The local hours or days of a range, oldest first, without gaps.
 *
 * An hour begins where the zone's clocks show it full, so it is found quarter by quarter: every zone changes its
 * clocks on one.
 */
export function timeBuckets(range: ReportRange, zone: IanaZone, unit: BucketUnit): TimeBucket[] {
  const calendar = zoneCalendar(zone);
  const starts = [range.from];
  if (unit === "day") {
    for (let at = calendar.nextDayChange(range.from); at < range.to; at = calendar.nextDayChange(at))
      starts.push(at);
  } else {
    const hourOf = (at: number) => Math.floor((at + calendar.offsetMsAt(at)) / HOUR_MS);
    for (let at = nextQuarter(range.from); at < range.to; at += QUARTER_MS) {
      if (hourOf(at) !== hourOf(at - 1)) starts.push(at);
    }
  }
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? range.to }));
}

function nextQuarter(at: number): number {
  return (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS;
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
