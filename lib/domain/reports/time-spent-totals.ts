import { addSpent, NOTHING_SPENT, nothingSpent, type SpentMs } from "../time-spent/spent-ms";
import type { LocalDate } from "../zones";
import type { TimeSpentReportRow } from "./time-spent-columns";

/** Times added up and rounded once, whole seconds. */
export interface SpentTimes {
  activeSeconds: number;
  lockedSeconds: number;
  uncertainSeconds: number;
}

function inSeconds({ activeMs, lockedMs, uncertainMs }: SpentMs): SpentTimes {
  return {
    activeSeconds: Math.round(activeMs / 1000),
    lockedSeconds: Math.round(lockedMs / 1000),
    uncertainSeconds: Math.round(uncertainMs / 1000),
  };
}

export interface RangeTotals extends SpentTimes {
  accounts: number;
  sessions: number;
}

/** The exact times of all rows together, in milliseconds. */
export function exactTimesOf(rows: readonly TimeSpentReportRow[]): SpentMs {
  const sum = nothingSpent();
  for (const row of rows) addSpent(sum, row);
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
export function topAccounts(rows: readonly TimeSpentReportRow[], count: number): AccountTotal[] {
  const totals = new Map<number, SpentMs & { row: TimeSpentReportRow }>();
  for (const row of rows) {
    let total = totals.get(row.accountId);
    if (total === undefined) {
      total = { activeMs: 0, lockedMs: 0, uncertainMs: 0, row };
      totals.set(row.accountId, total);
    }
    addSpent(total, row);
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

/** The hours of each of the given local days, in their order; days without any are there with nothing. */
export function timesByDay(
  times: ReadonlyMap<LocalDate, SpentMs>,
  dates: readonly LocalDate[],
): (SpentTimes & { date: LocalDate })[] {
  return dates.map((date) => ({ date, ...inSeconds(times.get(date) ?? NOTHING_SPENT) }));
}
