import { ALERT_STATE_TEXT, alertText, ruleTitle, SEVERITY_TEXT } from "../detections/alert";
import type { Text } from "../text";
import type { AlertFacts } from "../detections/rule";
import { deletedName } from "../detections/deleted-name";
import { findRule, RULE_TEXT } from "../detections/rules";
import {
  companyColumn,
  flagColumn,
  instantColumn,
  integerColumn,
  numbersColumn,
  textColumn,
} from "./columns";
import type { ReportColumn } from "./report-table";

/** An alert as lists have it; instants in epoch milliseconds. */
export interface AlertListRow extends AlertFacts {
  companyId: number;
  companyName: string | null;
  id: number;
  rule: string;
  severity: string;
  state: string;
  accountId: number | null;
  computerId: number | null;
  /** Of the computer id. */
  computer: string | null;
  siteId: number | null;
  eventIds: readonly number[];
  isLate: boolean;
  createdAt: number;
  /** The assignee's username. */
  assignee: string | null;
}

/**
 * Ids of the columns that rows can be sorted by: severities from low to critical, rules by their names in the API. Equal
 * rows stand the last found first.
 */
export const ALERT_SORTS = [
  "createdAt",
  "lastAt",
  "firstAt",
  "severity",
  "rule",
  "count",
  "company",
] as const;
export type AlertSort = (typeof ALERT_SORTS)[number];
/** The order of the list unless another is asked for. */
export const LAST_FOUND_SORT = "-createdAt" satisfies `-${AlertSort}`;

const GROWING: ReadonlySet<string> = new Set(["lastAt", "firstAt", "count"] satisfies AlertSort[]);

/** Whether an alert that grows changes its place in the order. */
export function movesAlerts(sort: AlertSort | `-${AlertSort}`): boolean {
  return GROWING.has(sort.replace("-", ""));
}

/** The account, address, computer or site that an alert is about. */
export function subjectOf(
  alert: Pick<
    AlertListRow,
    "rule" | "account" | "accountId" | "address" | "computer" | "computerId" | "site" | "siteId"
  >,
): string | Text {
  const { rule, account, accountId, address, computer, computerId, site, siteId } = alert;
  const subject = findRule(rule)?.subject;
  if (subject === "computer") return computer ?? deletedIn("computers", computerId) ?? "";
  if (subject === "site") return site ?? deletedIn("sites", siteId) ?? "";
  return account ?? deletedIn("accounts", accountId) ?? address ?? "";
}

const deletedIn = (table: Parameters<typeof deletedName>[0], id: number | null) =>
  id === null ? null : deletedName(table, id);

/** Only in files when asked for. */
const FURTHER_COLUMNS: readonly ReportColumn<AlertListRow>[] = [
  textColumn("address", "reportColumns.address", (row) => row.address, { isOptional: true }),
  flagColumn("isLate", "reports.late", (row) => row.isLate, { isOptional: true }),
  instantColumn("createdAt", "reports.detected", (row) => row.createdAt, { isOptional: true }),
  numbersColumn("events", "reportColumns.events", (row) => row.eventIds.join(" "), { isOptional: true }),
  integerColumn("accountId", "reports.accountId", (row) => row.accountId, { isOptional: true }),
  integerColumn("computerId", "reports.computerId", (row) => row.computerId, { isOptional: true }),
  integerColumn("siteId", "reports.siteId", (row) => row.siteId, { isOptional: true }),
  integerColumn("id", "reports.id", (row) => row.id, { isOptional: true }),
  integerColumn("companyId", "reports.companyId", (row) => row.companyId, { isOptional: true }),
];

/** `companyNames` is given where several companies are in view. */
export function alertColumns(companyNames: ReadonlyMap<number, string> | null): ReportColumn<AlertListRow>[] {
  return [
    instantColumn("lastAt", "reportColumns.lastSeen", (row) => row.lastAt),
    instantColumn("firstAt", "reportColumns.firstSeen", (row) => row.firstAt),
    ...(companyNames ? [companyColumn<AlertListRow>()] : []),
    textColumn("severity", "reports.severity", (row) => row.severity, { words: SEVERITY_TEXT }),
    textColumn("rule", "reports.rule", (row) => row.rule, { words: RULE_TEXT }),
    textColumn("title", "reports.title", (row) => ruleTitle(row.rule), { isOptional: true }),
    textColumn("subject", "reports.subject", subjectOf),
    integerColumn("count", "reports.count", (row) => row.count),
    integerColumn("threshold", "reports.threshold", (row) => row.threshold),
    textColumn("state", "reportColumns.state", (row) => row.state, { words: ALERT_STATE_TEXT }),
    textColumn("assignee", "reports.assignedTo", (row) => row.assignee),
    textColumn("sentence", "reports.whatHappened", (row) => alertText(row.rule, row)),
    ...FURTHER_COLUMNS,
  ];
}

/** A rule with a company's choices about it. */
export interface RuleListRow {
  companyId: number;
  companyName: string | null;
  rule: string;
  title: Text;
  severity: string;
  question: Text;
  technique: string;
  isOn: boolean;
  /** null where the rule has none. */
  threshold: number | null;
  minutes: number | null;
  /** Found in the last 30 days. */
  alerts: number;
}

export function ruleColumns(companyNames: ReadonlyMap<number, string> | null): ReportColumn<RuleListRow>[] {
  return [
    ...(companyNames ? [companyColumn<RuleListRow>()] : []),
    textColumn("rule", "reports.rule", (row) => row.rule),
    textColumn("title", "reports.title", (row) => row.title),
    textColumn("severity", "reports.severity", (row) => row.severity, { words: SEVERITY_TEXT }),
    flagColumn("isOn", "reports.on", (row) => row.isOn),
    integerColumn("threshold", "reports.threshold", (row) => row.threshold),
    integerColumn("minutes", "reports.minutes", (row) => row.minutes),
    integerColumn("alerts", "reports.alerts30Days", (row) => row.alerts),
    textColumn("question", "reports.question", (row) => row.question),
    textColumn("technique", "reports.technique", (row) => row.technique),
    integerColumn("companyId", "reports.companyId", (row) => row.companyId, { isOptional: true }),
  ];
}
