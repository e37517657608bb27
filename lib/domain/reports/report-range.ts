import type { TextKey } from "../text";
import {
  addLocalDays,
  isLocalDate,
  startOfLocalDay,
  localDateOf,
  type IanaZone,
  type LocalDate,
} from "../zones";

/** Ranges of reports by name: whole local days, the running one included. */
export const REPORT_PRESETS = ["today", "yesterday", "7d", "30d", "this-month", "last-month"] as const;
export type ReportPreset = (typeof REPORT_PRESETS)[number];
export const DEFAULT_REPORT_PRESET: ReportPreset = "7d";

export const REPORT_PRESET_TEXT: Readonly<Record<ReportPreset, TextKey>> = {
  today: "lists.today",
  yesterday: "lists.yesterday",
  "7d": "lists.last7Days",
  "30d": "lists.last30Days",
  "this-month": "lists.thisMonth",
  "last-month": "lists.lastMonth",
};

/** From `from` on and before `to`, epoch milliseconds; `to` may lie in the future. */
export interface ReportRange {
  from: number;
  to: number;
}

/** A range as an address says it: by name, or by its ends, each a local day (the last included) or an instant. */
export interface AskedRange {
  range?: ReportPreset | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

const DAY_MS = 86_400_000;
/** How much of a range is counted beyond now, or beyond its start if that is later: as much as a year to come. */
const LONGEST_AHEAD_MS = 366 * DAY_MS;

/** What is wrong with a text that isn't one end of a range, as the API says it. */
export const RANGE_END_WORDS =
  "must be an instant such as 2026-01-05T10:00:00Z, or a day such as 2026-01-05, from the year 1970 on";

/**
 * Whether a text can stand for one end of a range: years 1970 to 9998. Agents' times begin with 2000, programs count from
 * 1970, and a year such as 0202 is mistyped. A day either side can be told too.
 */
export function isRangeEnd(text: string): boolean {
  if (text < "1970" || text >= "9999") return false;
  // JavaScript takes February 30 for a day of March.
  const isDay = isLocalDate(text.slice(0, 10));
  return isDay && (text.length === 10 || (INSTANT.test(text) && !Number.isNaN(Date.parse(text))));
}

/**
 * The instants a range stands for now, in the zone of the report; null when it ends before it begins.
 *
 * With `from` alone it ends with today, with `to` alone it is the one day of `to`; without either it is the preset. It
 * ends about a year from now at the latest, or a year after a start to come: no event is more than a day ahead.
 */
export function resolveReportRange(asked: AskedRange, now: number, zone: IanaZone): ReportRange | null {
  const today = localDateOf(now, zone);
  if (asked.from === undefined && asked.to === undefined) {
    return presetRange(asked.range ?? DEFAULT_REPORT_PRESET, today, zone);
  }
  const to = asked.to === undefined ? endOfDay(today, zone) : readEnd(asked.to, zone);
  const from = readStart(asked.from ?? localDateOf(to - 1, zone), zone);
  return from < to ? { from, to: latestEnd(from, to, now, zone) } : null;
}

/** `to`, or where it is too late the end of a local day, which stays the same through today. */
function latestEnd(from: number, to: number, now: number, zone: IanaZone): number {
  const latest = Math.max(from, now) + LONGEST_AHEAD_MS;
  return to <= latest ? to : startOfLocalDay(localDateOf(latest, zone), zone);
}

function readStart(text: string, zone: IanaZone): number {
  return isLocalDate(text) ? startOfLocalDay(text, zone) : Date.parse(text);
}

function readEnd(text: string, zone: IanaZone): number {
  return isLocalDate(text) ? endOfDay(text, zone) : Date.parse(text);
}

function endOfDay(day: LocalDate, zone: IanaZone): number {
  return startOfLocalDay(addLocalDays(day, 1), zone);
}

/** The days of a range by name, the whole last one included; `today` is the local day of the zone. */
export function presetRange(preset: ReportPreset, today: LocalDate, zone: IanaZone): ReportRange {
  const firstOfMonth = `${today.slice(0, 8)}01` as LocalDate;
  const beginning: Record<ReportPreset, LocalDate> = {
    today,
    yesterday: addLocalDays(today, -1),
    "7d": addLocalDays(today, -6),
    "30d": addLocalDays(today, -29),
    "this-month": firstOfMonth,
    "last-month": `${addLocalDays(firstOfMonth, -1).slice(0, 8)}01` as LocalDate,
  };
  const end =
    preset === "yesterday" ? today : preset === "last-month" ? firstOfMonth : addLocalDays(today, 1);
  return { from: startOfLocalDay(beginning[preset], zone), to: startOfLocalDay(end, zone) };
}
