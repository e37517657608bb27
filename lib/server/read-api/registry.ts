import { accountsReport } from "@/lib/domain/reports/accounts";
import { timeSpentReport } from "@/lib/domain/reports/time-spent";
import { readAccounts } from "@/lib/services/reports/accounts";
import { readTimeSpent } from "@/lib/services/reports/time-spent";
import { registerReport } from "./register-report";
import type { TableSource } from "./table-source";

/** Every report there is: a line here makes it an address, its files and its page of the API's description. */
const REPORTS: readonly TableSource[] = [
  registerReport(accountsReport, readAccounts),
  registerReport(timeSpentReport, readTimeSpent),
];

export function findReport(name: string): TableSource | undefined {
  return REPORTS.find((report) => report.name === name);
}
