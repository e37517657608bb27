import type { Text, TextKey } from "../text";

/** What can leave the portal as a file, by the names that the audit trail keeps: the tables of the API, and two lists of the portal. */
export const REPORT_TITLES: Readonly<Record<string, TextKey>> = {
  accounts: "reports.accountsTitle",
  alerts: "reports.alertsTitle",
  companies: "reports.companiesTitle",
  "company-list": "companies.title",
  computers: "reports.computersTitle",
  "concurrent-sessions": "reports.concurrentSessionsTitle",
  deliveries: "reports.deliveriesTitle",
  events: "reports.eventsTitle",
  "failure-bursts": "reports.failureBurstsTitle",
  "failure-times": "reports.failureTimesTitle",
  failures: "reports.failuresTitle",
  inactive: "reports.inactiveTitle",
  "logon-hours": "reports.logonHoursTitle",
  logons: "reports.logonsTitle",
  members: "reports.membersTitle",
  notifications: "reports.notificationsTitle",
  "roll-call": "reports.rollCallTitle",
  rules: "reports.rulesTitle",
  "site-keys": "reports.siteKeysTitle",
  "time-spent": "reports.timeSpentTitle",
  users: "users.title",
  "who-was-on": "reports.whoWasOnTitle",
};

/** The title of a report; of one that this version doesn't know, its name. */
export function reportTitle(name: string): string | Text {
  return Object.hasOwn(REPORT_TITLES, name) ? { key: REPORT_TITLES[name]! } : name;
}
