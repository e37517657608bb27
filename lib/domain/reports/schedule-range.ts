import { addLocalDays, dayOfLocalDate, localDateOf, startOfLocalDay, type IanaZone } from "../zones";
import { formatMinute } from "../events/event-range";
import type { Text, TextKey } from "../text";
import { REPORT_PRESET_TEXT, REPORT_PRESETS, resolveReportRange, type ReportRange } from "./report-range";
import { filterParams } from "./table-address";

/** The days that a scheduled report is about, as seen from its due time; `view` is what the view itself says. */
export const SCHEDULE_RANGES = ["view", ...REPORT_PRESETS, "last-week"] as const;
export type ScheduleRange = (typeof SCHEDULE_RANGES)[number];

export const SCHEDULE_RANGE_TEXT: Readonly<Record<ScheduleRange, TextKey>> = {
  view: "reportStates.asInView",
  ...REPORT_PRESET_TEXT,
  "last-week": "reportStates.lastWeek",
};

const MINUTE_MS = 60_000;
const RANGE_PARAMS = ["range", "from", "to"];

/**
 * Why a view cannot be sent for such a range again and again; null when it can. A table without a range is about a moment
 * or about now.
 */
export function rangeProblem(
  { query, hasRange }: { query: string; hasRange: boolean },
  range: ScheduleRange,
): Text | null {
  const params = new URLSearchParams(query);
  if (!hasRange) {
    if (params.has("at")) return { key: "reports.fixedMoment" };
    return range === "view" ? null : { key: "reports.noRange" };
  }
  const isFixed = params.has("from") || params.has("to");
  return range === "view" && isFixed ? { key: "reports.fixedDates" } : null;
}

/** The range in instants, in the zone of the report; null for what the view itself says. */
export function scheduledRange(range: ScheduleRange, at: number, zone: IanaZone): ReportRange | null {
  if (range === "view") return null;
  if (range !== "last-week") return resolveReportRange({ range }, at, zone);
  const today = localDateOf(at, zone);
  // 1970-01-01 was a Thursday.
  const monday = addLocalDays(today, -((dayOfLocalDate(today) + 3) % 7));
  return { from: startOfLocalDay(addLocalDays(monday, -7), zone), to: startOfLocalDay(monday, zone) };
}

/**
 * The view's question for the report that is due at `at`, as the read API and the screens take it: a range other than
 * the view's has become two instants, so that a late report and a link to its rows are about the same days.
 */
export function scheduledParams(
  query: string,
  range: ScheduleRange,
  at: number,
  zone: IanaZone,
): URLSearchParams {
  const params = filterParams(query);
  const found = scheduledRange(range, at, zone);
  if (!found) return params;
  for (const name of RANGE_PARAMS) params.delete(name);
  params.set("from", formatMinute(found.from));
  params.set("to", formatMinute(found.to));
  return params;
}

/**
 * The question as it was answered, for a link that is opened on another day: its range or its moment in instants, and
 * the zone of its days. A range without an end ends at `madeAt`. A table of what is now has neither.
 */
export function answeredParams(
  params: URLSearchParams,
  { range, zone }: { range: { from: number; to: number | null } | null; zone: IanaZone },
  { hasRange, hasMoment, madeAt }: { hasRange: boolean; hasMoment: boolean; madeAt: number },
): URLSearchParams {
  const answered = new URLSearchParams(params);
  if (!range || !(hasRange || hasMoment)) return answered;
  for (const name of RANGE_PARAMS) answered.delete(name);
  if (hasRange) {
    answered.set("from", formatMinute(range.from));
    answered.set("to", formatMinute(Math.ceil((range.to ?? madeAt) / MINUTE_MS) * MINUTE_MS));
  } else {
    answered.set("at", `${new Date(range.from).toISOString().slice(0, 19)}Z`);
  }
  answered.set("tz", zone);
  return answered;
}
