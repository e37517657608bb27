import {
  addLocalDays,
  dayOfLocalDate,
  localDateOf,
  startOfLocalDay,
  type IanaZone,
  type LocalDate,
} from "../zones";
import type { AskedRange, ReportRange } from "./report-range";

const QUARTER_MS = 900_000;

/**
 * What a range is compared with: as many local days before it, the month before a month, or as much time before a
 * range that does not begin and end with days.
 *
 * A running range is compared with a part as long as has passed of it, to the quarter of an hour: this Tuesday's noon
 * with last Tuesday's.
 */
export function previousRange(
  range: ReportRange,
  asked: AskedRange,
  now: number,
  zone: IanaZone,
): ReportRange {
  const whole = wholePrevious(range, asked, zone);
  if (now <= range.from || now >= range.to) return whole;
  const passed = now - range.from - ((now - range.from) % QUARTER_MS);
  return { from: whole.from, to: Math.min(whole.to, whole.from + Math.max(passed, QUARTER_MS)) };
}

function wholePrevious(range: ReportRange, asked: AskedRange, zone: IanaZone): ReportRange {
  const first = localDateOf(range.from, zone);
  const end = localDateOf(range.to, zone);
  const isOfDays = startOfLocalDay(first, zone) === range.from && startOfLocalDay(end, zone) === range.to;
  if (!isOfDays) return { from: range.from - (range.to - range.from), to: range.from };
  const isMonth = asked.range === "this-month" || asked.range === "last-month";
  const isNamed = isMonth && asked.from === undefined && asked.to === undefined;
  const start = isNamed
    ? firstOfMonthBefore(first)
    : addLocalDays(first, dayOfLocalDate(first) - dayOfLocalDate(end));
  return { from: startOfLocalDay(start, zone), to: range.from };
}

function firstOfMonthBefore(firstOfMonth: LocalDate): LocalDate {
  return `${addLocalDays(firstOfMonth, -1).slice(0, 8)}01`;
}
