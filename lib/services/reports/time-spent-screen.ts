import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import { hasAnyEvent } from "@/db/queries/events/read-event";
import { findNamed } from "@/db/queries/events/match-names";
import { readWithin, type CompanyScope } from "@/db/scope";
import { resolveReportRange, type ReportRange } from "@/lib/domain/reports/report-range";
import { readScreenQuery, type RawParams } from "@/lib/domain/reports/screen-query";
import {
  timeSpentQuery,
  type TimeSpentQuery,
  type TimeSpentReportRow,
} from "@/lib/domain/reports/time-spent";
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
import { readTimeSpentWithDays } from "./time-spent";

export const TIME_SPENT_PAGE_SIZE = 100;
const TOP_ACCOUNTS = 8;
/** Days a chart can show apart from one another; a longer range shows the last ones. */
const CHART_DAYS = 92;

export interface TimeSpentDay extends SpentTimes {
  date: LocalDate;
  /** Epoch milliseconds. */
  startsAt: number;
  endsAt: number;
}

export interface TimeSpentScreen {
  query: TimeSpentQuery;
  /** Parts of the address that made no sense and were left out. */
  ignored: string[];
  zone: IanaZone;
  /** Null when the range ends before it begins; then there are no rows. */
  range: ReportRange | null;
  /** One page. */
  rows: readonly TimeSpentReportRow[];
  rowCount: number;
  /** From 1. */
  page: number;
  pageCount: number;
  totals: RangeTotals;
  top: AccountTotal[];
  /** Oldest first, without gaps. */
  days: TimeSpentDay[];
  hasEvents: boolean;
  sites: SiteName[];
  /** What the list is held to; null when to none, or to one that is not there. */
  accountName: string | null;
  computerName: string | null;
}

/** All the Time Spent screen shows for an address, at `now`. */
export async function readTimeSpentScreen(
  scope: CompanyScope,
  params: RawParams,
  viewZone: IanaZone,
  now: number = Date.now(),
): Promise<TimeSpentScreen> {
  const { query, ignored } = readScreenQuery(timeSpentQuery, params);
  const zone = query.tz === undefined ? viewZone : ianaZone(query.tz);
  const range = resolveReportRange(query, now, zone);
  const [named, { days, rows }] = await Promise.all([
    readSurroundings(scope, query),
    range === null ? { days: [], rows: [] } : readTimeSpentWithDays(scope, { query, range, zone, now }),
  ]);
  const pageCount = Math.max(1, Math.ceil(rows.length / TIME_SPENT_PAGE_SIZE));
  const page = Math.min(pageOf(params.page), pageCount);
  const start = (page - 1) * TIME_SPENT_PAGE_SIZE;
  return {
    query,
    ignored,
    zone,
    range,
    rows: rows.slice(start, start + TIME_SPENT_PAGE_SIZE),
    rowCount: rows.length,
    page,
    pageCount,
    totals: totalOf(days),
    top: topAccounts(days, TOP_ACCOUNTS),
    days: range === null ? [] : chartDays(days, range, zone),
    ...named,
  };
}

function pageOf(text: string | string[] | undefined): number {
  return typeof text === "string" && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 1;
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

function readSurroundings(scope: CompanyScope, { account, computer }: TimeSpentQuery) {
  return readWithin(scope, async (tx) => {
    const one = async (table: "accounts" | "computers", id: number | undefined) =>
      id === undefined ? null : ((await findNamed(tx, scope, table, [id]))[0]?.name ?? null);
    const [hasEvents, sites, accountName, computerName] = await Promise.all([
      hasAnyEvent(tx, scope),
      listSiteNames(tx, scope),
      one("accounts", account),
      one("computers", computer),
    ]);
    return { hasEvents, sites, accountName, computerName };
  });
}
