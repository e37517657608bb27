import { accountsReport } from "@/lib/domain/reports/accounts";
import { readAccounts } from "@/lib/services/reports/accounts";
import { registerReport } from "./register-report";
import type { TableSource } from "./table-source";

/** Every report there is: a line here makes it an address, its files and its page of the API's description. */
const REPORTS: readonly TableSource[] = [registerReport(accountsReport, readAccounts)];

export function findReport(name: string): TableSource | undefined {
  return REPORTS.find((report) => report.name === name);
}
