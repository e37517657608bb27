import type { CompanyScope } from "@/db/scope";
import type { LogonRow } from "@/lib/domain/reports/logon-columns";
import type { LogonsQuery } from "@/lib/domain/reports/logons";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { readLogonHours, readLogons } from "./logons";
import { numberedPage, type NumberedPage } from "./row-page";
import { readSurroundings, type ScreenSurroundings } from "./screen-surroundings";

const MOST_NEWCOMERS = 8;

export interface LogonsScreen extends NumberedPage<LogonRow>, ScreenSurroundings {
  /** Of all rows, not only the page. */
  totals: { logons: number; unlocks: number; remoteConnects: number; newComputers: number };
  /** Logons of each hour of the week: seven rows of 24, Monday first. */
  hours: number[][];
  /** The rows with the most new computers; those without any are left out. */
  newcomers: LogonRow[];
}

/** All the Logons screen shows; `page` is the number that the address names, if any. */
export async function readLogonsScreen(
  scope: CompanyScope,
  ask: ReportAsk<LogonsQuery>,
  page: string,
): Promise<LogonsScreen> {
  const [rows, hourRows, surroundings] = await Promise.all([
    readLogons(scope, ask),
    readLogonHours(scope, ask),
    readSurroundings(scope, ask.query),
  ]);
  const hours: number[][] = Array.from({ length: 7 }, () => []);
  for (const { weekday, hour, logons } of hourRows) hours[weekday]![hour] = logons;
  const sumOf = (value: (row: LogonRow) => number) => rows.reduce((sum, row) => sum + value(row), 0);
  return {
    ...numberedPage(rows, page),
    ...surroundings,
    totals: {
      logons: sumOf((row) => row.logons),
      unlocks: sumOf((row) => row.unlocks),
      remoteConnects: sumOf((row) => row.remoteConnects),
      newComputers: sumOf((row) => row.newComputers),
    },
    hours,
    newcomers: rows
      .filter(({ newComputers }) => newComputers > 0)
      .toSorted((a, b) => b.newComputers - a.newComputers)
      .slice(0, MOST_NEWCOMERS),
  };
}
