import { companiesReport } from "@/lib/domain/reports/companies";
import { concurrentSessionsReport } from "@/lib/domain/reports/concurrent-sessions";
import { failureBurstsReport } from "@/lib/domain/reports/failure-bursts";
import { failureTimesReport } from "@/lib/domain/reports/failure-times";
import { failuresReport } from "@/lib/domain/reports/failures";
import { inactiveReport } from "@/lib/domain/reports/inactive";
import { logonHoursReport } from "@/lib/domain/reports/logon-hours";
import { logonsReport } from "@/lib/domain/reports/logons";
import { membersReport } from "@/lib/domain/reports/members";
import { rollCallReport } from "@/lib/domain/reports/roll-call";
import { siteKeysReport } from "@/lib/domain/reports/site-keys";
import { timeSpentReport } from "@/lib/domain/reports/time-spent";
import { whoWasOnReport } from "@/lib/domain/reports/who-was-on";
import { readCompaniesOverview } from "@/lib/services/reports/companies";
import { readConcurrentSessions } from "@/lib/services/reports/concurrent-sessions";
import { readFailureBursts } from "@/lib/services/reports/failure-bursts";
import { readFailures, readFailureTimes } from "@/lib/services/reports/failures";
import { readInactive } from "@/lib/services/reports/inactive";
import { readLogonHours, readLogons } from "@/lib/services/reports/logons";
import { readMembers } from "@/lib/services/reports/members";
import { readRollCall } from "@/lib/services/reports/roll-call";
import { readSiteKeys } from "@/lib/services/reports/site-keys";
import { readTimeSpent } from "@/lib/services/reports/time-spent";
import { readWhoWasOn } from "@/lib/services/reports/who-was-on";
import { alertsList, rulesList } from "./alert-lists";
import { accountsList, computersList, eventsList } from "./lists";
import { deliveriesList, notificationsList } from "./notification-lists";
import { registerReport } from "./register-report";
import type { TableSource } from "./table-source";

/**
 * Every report there is: `registerReport(report, service)` here makes it an address below /api/v1/reports, its files
 * and its part of the API's description.
 */
const REPORTS: readonly TableSource[] = [
  registerReport(timeSpentReport, readTimeSpent),
  registerReport(logonsReport, readLogons),
  registerReport(logonHoursReport, readLogonHours),
  registerReport(failuresReport, readFailures),
  registerReport(failureTimesReport, readFailureTimes),
  registerReport(failureBurstsReport, readFailureBursts),
  registerReport(inactiveReport, readInactive),
  registerReport(whoWasOnReport, readWhoWasOn),
  registerReport(rollCallReport, readRollCall),
  registerReport(concurrentSessionsReport, readConcurrentSessions),
  registerReport(companiesReport, readCompaniesOverview),
  registerReport(siteKeysReport, readSiteKeys),
  registerReport(membersReport, readMembers),
];

export function findReport(name: string): TableSource | undefined {
  return REPORTS.find((report) => report.name === name);
}

/** The reports and the lists beside them: all that the read API answers. */
export const TABLES: readonly TableSource[] = [
  eventsList,
  accountsList,
  computersList,
  notificationsList,
  deliveriesList,
  alertsList,
  rulesList,
  ...REPORTS,
];

export function findTable(name: string): TableSource | undefined {
  return TABLES.find((source) => source.name === name);
}
