import type { LocalDate } from "../zones";
import type { TimeSpentReportRow } from "./time-spent-columns";

/** Times added up and rounded once, whole seconds. */
export interface SpentTimes {
  activeSeconds: number;
  lockedSeconds: number;
  uncertainSeconds: number;
}

interface SpentMs {
  activeMs: number;
  lockedMs: number;
  uncertainMs: number;
}

const NOTHING: SpentMs = { activeMs: 0, lockedMs: 0, uncertainMs: 0 };

function add(sum: SpentMs, row: SpentMs): void {
  sum.activeMs += row.activeMs;
  sum.lockedMs += row.lockedMs;
  sum.uncertainMs += row.uncertainMs;
}

function inSeconds({ activeMs, lockedMs, uncertainMs }: SpentMs): SpentTimes {
  return {
    activeSeconds: Math.round(activeMs / 1000),
    lockedSeconds: Math.round(lockedMs / 1000),
    uncertainSeconds: Math.round(uncertainMs / 1000),
  };
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/**
 * One row for each account (and computer, where the days have one) over all days, in no particular order.
 *
 * Times are added up exactly and rounded once; sessions are those of the days, so one that crosses midnight counts on
 * both; computers are the distinct ones of the range.
 */
export function foldDays(days: readonly TimeSpentReportRow[]): TimeSpentReportRow[] {
  const byAccount = new Map<number, Map<number | null, TimeSpentReportRow>>();
  const folded: TimeSpentReportRow[] = [];
  for (const day of days) {
    let byComputer = byAccount.get(day.accountId);
    if (byComputer === undefined) byAccount.set(day.accountId, (byComputer = new Map()));
    const total = byComputer.get(day.computerId);
    if (total === undefined) {
      const first = { ...day, date: null, computers: day.rangeComputers };
      byComputer.set(day.computerId, first);
      folded.push(first);
      continue;
    }
    add(total, day);
    total.sessions += day.sessions;
    total.days += day.days;
    total.firstLogon = earlier(total.firstLogon, day.firstLogon);
    total.lastLogoff = later(total.lastLogoff, day.lastLogoff);
  }
  for (const total of folded) Object.assign(total, inSeconds(total));
  return folded;
}

export interface RangeTotals extends SpentTimes {
  accounts: number;
  sessions: number;
}

/** The exact times of all rows together, in milliseconds. */
export function exactTimesOf(rows: readonly TimeSpentReportRow[]): SpentMs {
  const sum = { ...NOTHING };
  for (const row of rows) add(sum, row);
  return sum;
}

/** What all rows together come to; with rows per computer, time on two computers at once counts twice. */
export function totalOf(rows: readonly TimeSpentReportRow[]): RangeTotals {
  const accounts = new Set<number>();
  let sessions = 0;
  for (const row of rows) {
    sessions += row.sessions;
    accounts.add(row.accountId);
  }
  return { ...inSeconds(exactTimesOf(rows)), accounts: accounts.size, sessions };
}

export interface AccountTotal extends SpentTimes {
  accountId: number;
  userName: string;
  companyId: number;
  companyName: string;
}

/** The accounts with the most active time, ties by name; those without any are left out. */
export function topAccounts(days: readonly TimeSpentReportRow[], count: number): AccountTotal[] {
  const totals = new Map<number, SpentMs & { row: TimeSpentReportRow }>();
  for (const row of days) {
    let total = totals.get(row.accountId);
    if (total === undefined) totals.set(row.accountId, (total = { ...NOTHING, row }));
    add(total, row);
  }
  const order = [...totals.values()].filter(({ activeMs }) => activeMs > 0);
  order.sort(
    (a, b) =>
      b.activeMs - a.activeMs ||
      (a.row.userName < b.row.userName ? -1 : 1) ||
      a.row.accountId - b.row.accountId,
  );
  return order.slice(0, count).map(({ row, ...total }) => ({
    ...inSeconds(total),
    accountId: row.accountId,
    userName: row.userName,
    companyId: row.companyId,
    companyName: row.companyName,
  }));
}

/** The hours of each of the given local days, in their order; days without rows are there with nothing. */
export function timesByDay(
  days: readonly TimeSpentReportRow[],
  dates: readonly LocalDate[],
): (SpentTimes & { date: LocalDate })[] {
  const totals = new Map(dates.map((date) => [date, { ...NOTHING }]));
  for (const row of days) {
    const total = row.date === null ? undefined : totals.get(row.date);
    if (total !== undefined) add(total, row);
  }
  return [...totals].map(([date, total]) => ({ date, ...inSeconds(total) }));
}
