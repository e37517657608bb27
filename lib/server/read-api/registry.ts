import { timeSpentReport } from "@/lib/domain/reports/time-spent";
import { readTimeSpent } from "@/lib/services/reports/time-spent";
import { accountsList, computersList, eventsList } from "./lists";
import { registerReport } from "./register-report";
import type { TableSource } from "./table-source";

/**
 * Every report there is: `registerReport(report, service)` here makes it an address below /api/v1/reports, its files
 * and its part of the API's description.
 */
export const REPORTS: readonly TableSource[] = [registerReport(timeSpentReport, readTimeSpent)];

export function findReport(name: string): TableSource | undefined {
  return REPORTS.find((report) => report.name === name);
}

/** A report, or one of the lists beside them. */
export function findTable(name: string): TableSource | undefined {
  return [eventsList, accountsList, computersList, ...REPORTS].find((source) => source.name === name);
}
