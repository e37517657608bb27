import { z } from "zod";
import { ALERT_STATES, alertSentence, ruleTitle } from "../detections/alert";
import { ALERT_SEVERITIES, RULE_NAMES, type AlertFacts } from "../detections/rule";
import { findRule } from "../detections/rules";
import {
  companyColumn,
  flagColumn,
  instantColumn,
  integerColumn,
  numbersColumn,
  textColumn,
} from "./columns";
import { choiceParam, reportQueryShape, zoneParam } from "./report-query";
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

const { range, from, to, account, computer } = reportQueryShape;

export const alertsQuery = z.object({
  tz: zoneParam.optional(),
  range: range.meta({
    description: "Alerts that went on in these whole local days; all when no range is given.",
  }),
  from,
  to,
  rule: choiceParam(RULE_NAMES, "Only of this rule."),
  severity: choiceParam(ALERT_SEVERITIES, "Only this severity."),
  state: choiceParam(ALERT_STATES, "Only in this state."),
  account,
  computer,
  subject: z.string().trim().max(255).optional().meta({
    description:
      "Contained in the name of the account, in the address, or in the name of the computer or site that it is about, in any case.",
  }),
  assignee: z
    .string()
    .trim()
    .max(255)
    .optional()
    .meta({ description: "Only those assigned to the user of this name." }),
});
export type AlertsQuery = z.output<typeof alertsQuery>;

/** The account, address, computer or site that an alert is about. */
export function subjectOf(
  alert: Pick<AlertListRow, "rule" | "account" | "address" | "computer" | "site">,
): string {
  const { rule, account, address, computer, site } = alert;
  const subject = findRule(rule)?.subject;
  if (subject === "computer") return computer ?? "";
  return (subject === "site" ? site : (account ?? address)) ?? "";
}

const utc = (at: number) => new Date(at).toISOString();

/** Only in files when asked for. */
const FURTHER_COLUMNS: readonly ReportColumn<AlertListRow>[] = [
  textColumn("address", "Address", (row) => row.address, { isOptional: true }),
  flagColumn("isLate", "Late", (row) => row.isLate, { isOptional: true }),
  instantColumn("createdAt", "Found", (row) => row.createdAt, { isOptional: true }),
  numbersColumn("events", "Events", (row) => row.eventIds.join(" "), { isOptional: true }),
  integerColumn("accountId", "Account number", (row) => row.accountId, { isOptional: true }),
  integerColumn("computerId", "Computer number", (row) => row.computerId, { isOptional: true }),
  integerColumn("siteId", "Site number", (row) => row.siteId, { isOptional: true }),
  integerColumn("id", "Number", (row) => row.id, { isOptional: true }),
  integerColumn("companyId", "Company number", (row) => row.companyId, { isOptional: true }),
];

/** `companyNames` is given where several companies are in view. */
export function alertColumns(companyNames: ReadonlyMap<number, string> | null): ReportColumn<AlertListRow>[] {
  return [
    instantColumn("lastAt", "Last", (row) => row.lastAt),
    instantColumn("firstAt", "First", (row) => row.firstAt),
    ...(companyNames ? [companyColumn<AlertListRow>()] : []),
    textColumn("severity", "Severity", (row) => row.severity),
    textColumn("rule", "Rule", (row) => row.rule),
    textColumn("title", "Title", (row) => ruleTitle(row.rule), { isOptional: true }),
    textColumn("subject", "Subject", subjectOf),
    integerColumn("count", "Count", (row) => row.count),
    integerColumn("threshold", "Threshold", (row) => row.threshold),
    textColumn("state", "State", (row) => row.state),
    textColumn("assignee", "Assigned to", (row) => row.assignee),
    textColumn("sentence", "What was found", (row) => alertSentence(row.rule, row, utc)),
    ...FURTHER_COLUMNS,
  ];
}

/** A rule with a company's choices about it. */
export interface RuleListRow {
  companyId: number;
  companyName: string | null;
  rule: string;
  title: string;
  severity: string;
  question: string;
  technique: string;
  isOn: boolean;
  /** null where the rule has none. */
  threshold: number | null;
  minutes: number | null;
  /** Found in the last 30 days. */
  alerts: number;
}

export const rulesQuery = z.object({ tz: zoneParam.optional() });
export type RulesQuery = z.output<typeof rulesQuery>;

export function ruleColumns(companyNames: ReadonlyMap<number, string> | null): ReportColumn<RuleListRow>[] {
  return [
    ...(companyNames ? [companyColumn<RuleListRow>()] : []),
    textColumn("rule", "Rule", (row) => row.rule),
    textColumn("title", "Title", (row) => row.title),
    textColumn("severity", "Severity", (row) => row.severity),
    flagColumn("isOn", "On", (row) => row.isOn),
    integerColumn("threshold", "Threshold", (row) => row.threshold),
    integerColumn("minutes", "Minutes", (row) => row.minutes),
    integerColumn("alerts", "Alerts in 30 days", (row) => row.alerts),
    textColumn("question", "Question", (row) => row.question),
    textColumn("technique", "ATT&CK", (row) => row.technique),
    integerColumn("companyId", "Company number", (row) => row.companyId, { isOptional: true }),
  ];
}
