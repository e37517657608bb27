import type { CompanyScope } from "@/db/scope";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { TimeSpentReportRow } from "@/lib/domain/reports/time-spent-columns";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import {
  timesByDay,
  topAccounts,
  totalOf,
  type AccountTotal,
  type RangeTotals,
  type SpentTimes,
} from "@/lib/domain/reports/time-spent-totals";
import type { SpentMs } from "@/lib/domain/time-spent/spent-ms";
import { addLocalDays, localDateOf, startOfLocalDay, type LocalDate } from "@/lib/domain/zones";
import { numberedPage, type NumberedPage } from "./row-page";
import { readSurroundings, type ScreenSurroundings } from "./screen-surroundings";
import { readTimeSpentWithTimes } from "./time-spent";

const TOP_ACCOUNTS = 8;
/** Days a chart can show apart from one another; a longer range shows the last ones, up to today. */
const CHART_DAYS = 92;

export interface TimeSpentDay extends SpentTimes {
  date: LocalDate;
  /** Epoch milliseconds. */
  startsAt: number;
  endsAt: number;
}

export interface TimeSpentScreen extends NumberedPage<TimeSpentReportRow>, ScreenSurroundings {
  totals: RangeTotals;
  top: AccountTotal[];
  /** Oldest first, without gaps. */
  days: TimeSpentDay[];
}

/** All the Time Spent screen shows; `page` is the number that the address names, if any. */
export async function readTimeSpentScreen(
  scope: CompanyScope,
  ask: ReportAsk<TimeSpentQuery>,
  page: string,
): Promise<TimeSpentScreen> {
  const [surroundings, { rows, times }] = await Promise.all([
    readSurroundings(scope, ask.query),
    readTimeSpentWithTimes(scope, ask),
  ]);
  return {
    ...numberedPage(rows, page),
    ...surroundings,
    totals: totalOf(rows),
    top: topAccounts(rows, TOP_ACCOUNTS),
    days: chartDays(times, ask),
  };
}

function chartDays(
  times: ReadonlyMap<LocalDate, SpentMs>,
  { range, zone, now }: ReportAsk<TimeSpentQuery>,
): TimeSpentDay[] {
  const first = localDateOf(range.from, zone);
  const ends = localDateOf(range.to - 1, zone);
  const today = localDateOf(now, zone);
  // No time is spent yet on what lies ahead: a chart that can't show it all leaves that out first.
  const isLong = addLocalDays(first, CHART_DAYS) <= ends;
  const last = isLong && today >= first && today < ends ? today : ends;
  const dates: LocalDate[] = [];
  for (let date = last; date >= first && dates.length < CHART_DAYS; date = addLocalDays(date, -1))
    dates.unshift(date);
  return timesByDay(times, dates).map((day) => ({
    ...day,
    startsAt: Math.max(range.from, startOfLocalDay(day.date, zone)),
    endsAt: Math.min(range.to, startOfLocalDay(addLocalDays(day.date, 1), zone)),
  }));
}
