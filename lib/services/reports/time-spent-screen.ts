import type { CompanyScope } from "@/db/scope";
import { resolveReportRange, type ReportRange } from "@/lib/domain/reports/report-range";
import { readScreenQuery, type RawParams } from "@/lib/domain/reports/screen-query";
import type { TimeSpentReportRow } from "@/lib/domain/reports/time-spent-columns";
import { timeSpentQuery, type TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import {
  timesByDay,
  topAccounts,
  totalOf,
  type AccountTotal,
  type RangeTotals,
  type SpentTimes,
} from "@/lib/domain/reports/time-spent-totals";
import {
  addLocalDays,
  ianaZone,
  localDateOf,
  startOfLocalDay,
  type IanaZone,
  type LocalDate,
} from "@/lib/domain/zones";
import { numberedPage, type NumberedPage } from "./row-page";
import { readSurroundings, type ScreenSurroundings } from "./screen-surroundings";
import { readTimeSpentWithDays } from "./time-spent";

const TOP_ACCOUNTS = 8;
/** Days a chart can show apart from one another; a longer range shows the last ones. */
const CHART_DAYS = 92;

export interface TimeSpentDay extends SpentTimes {
  date: LocalDate;
  /** Epoch milliseconds. */
  startsAt: number;
  endsAt: number;
}

export interface TimeSpentScreen extends NumberedPage<TimeSpentReportRow>, ScreenSurroundings {
  query: TimeSpentQuery;
  /** Parts of the address that made no sense and were left out. */
  ignored: string[];
  zone: IanaZone;
  /** Null when the range ends before it begins; then there are no rows. */
  range: ReportRange | null;
  totals: RangeTotals;
  top: AccountTotal[];
  /** Oldest first, without gaps. */
  days: TimeSpentDay[];
}

/** All the Time Spent screen shows for an address, at `now`. */
export async function readTimeSpentScreen(
  scope: CompanyScope,
  params: RawParams,
  viewZone: IanaZone,
  now: number = Date.now(),
  signal?: AbortSignal,
): Promise<TimeSpentScreen> {
  const { query, ignored } = readScreenQuery(timeSpentQuery, params);
  const zone = query.tz === undefined ? viewZone : ianaZone(query.tz);
  const range = resolveReportRange(query, now, zone);
  const [named, { days, rows }] = await Promise.all([
    readSurroundings(scope, query),
    range === null
      ? { days: [], rows: [] }
      : readTimeSpentWithDays(scope, { query, range, zone, now, signal }),
  ]);
  return {
    query,
    ignored,
    zone,
    range,
    ...numberedPage(rows, typeof params.page === "string" ? params.page : ""),
    totals: totalOf(days),
    top: topAccounts(days, TOP_ACCOUNTS),
    days: range === null ? [] : chartDays(days, range, zone),
    ...named,
  };
}

function chartDays(rows: readonly TimeSpentReportRow[], range: ReportRange, zone: IanaZone): TimeSpentDay[] {
  const dates: LocalDate[] = [];
  const first = localDateOf(range.from, zone);
  for (let date = localDateOf(range.to - 1, zone); date >= first; date = addLocalDays(date, -1)) {
    dates.unshift(date);
    if (dates.length === CHART_DAYS) break;
  }
  return timesByDay(rows, dates).map((day) => ({
    ...day,
    startsAt: Math.max(range.from, startOfLocalDay(day.date, zone)),
    endsAt: Math.min(range.to, startOfLocalDay(addLocalDays(day.date, 1), zone)),
  }));
}
