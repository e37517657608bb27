import { z } from "zod";
import { ALERT_STATES, alertSentence, ruleTitle } from "../detections/alert";
import { ALERT_SEVERITIES, RULE_NAMES, type AlertFacts } from "../detections/rule";
import { findRule } from "../detections/rules";
import { reportQueryShape, zoneParam } from "./report-query";
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
  /** The username of whoever is at it. */
  assignee: string | null;
}

const choice = <Word extends string>(words: readonly Word[], description: string) =>
  z.enum(words).optional().meta({ description });
const { range, from, to, account, computer } = reportQueryShape;

export const alertsQuery = z.object({
  tz: zoneParam.optional(),
  range: range.meta({
    description: "Alerts that went on in these whole local days; all when no range is given.",
  }),
  from,
  to,
  rule: choice(RULE_NAMES, "Only of this rule."),
  severity: choice(ALERT_SEVERITIES, "Only this severity."),
  state: choice(ALERT_STATES, "Only in this state."),
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
  { id: "address", header: "Address", kind: "text", value: (row) => row.address, isOptional: true },
  { id: "isLate", header: "Late", kind: "flag", value: (row) => row.isLate, isOptional: true },
  { id: "createdAt", header: "Found", kind: "instant", value: (row) => row.createdAt, isOptional: true },
  {
    id: "events",
    header: "Events",
    kind: "numbers",
    value: (row) => row.eventIds.join(" "),
    isOptional: true,
  },
  {
    id: "accountId",
    header: "Account number",
    kind: "integer",
    value: (row) => row.accountId,
    isOptional: true,
  },
  {
    id: "computerId",
    header: "Computer number",
    kind: "integer",
    value: (row) => row.computerId,
    isOptional: true,
  },
  { id: "siteId", header: "Site number", kind: "integer", value: (row) => row.siteId, isOptional: true },
  { id: "id", header: "Number", kind: "integer", value: (row) => row.id, isOptional: true },
  {
    id: "companyId",
    header: "Company number",
    kind: "integer",
    value: (row) => row.companyId,
    isOptional: true,
  },
];

/** `companyNames` is given where several companies are in view. */
export function alertColumns(companyNames: ReadonlyMap<number, string> | null): ReportColumn<AlertListRow>[] {
  return [
    { id: "lastAt", header: "Last", kind: "instant", value: (row) => row.lastAt },
    { id: "firstAt", header: "First", kind: "instant", value: (row) => row.firstAt },
    ...(companyNames
      ? [
          {
            id: "company",
            header: "Company",
            kind: "text" as const,
            value: (row: AlertListRow) => row.companyName,
          },
        ]
      : []),
    { id: "severity", header: "Severity", kind: "text", value: (row) => row.severity },
    { id: "rule", header: "Rule", kind: "text", value: (row) => row.rule },
    { id: "title", header: "Title", kind: "text", value: (row) => ruleTitle(row.rule), isOptional: true },
    { id: "subject", header: "Subject", kind: "text", value: subjectOf },
    { id: "count", header: "Count", kind: "integer", value: (row) => row.count },
    { id: "threshold", header: "Threshold", kind: "integer", value: (row) => row.threshold },
    { id: "state", header: "State", kind: "text", value: (row) => row.state },
    { id: "assignee", header: "Assigned to", kind: "text", value: (row) => row.assignee },
    {
      id: "sentence",
      header: "What was found",
      kind: "text",
      value: (row) => alertSentence(row.rule, row, utc),
    },
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
    ...(companyNames
      ? [
          {
            id: "company",
            header: "Company",
            kind: "text" as const,
            value: (row: RuleListRow) => row.companyName,
          },
        ]
      : []),
    { id: "rule", header: "Rule", kind: "text", value: (row) => row.rule },
    { id: "title", header: "Title", kind: "text", value: (row) => row.title },
    { id: "severity", header: "Severity", kind: "text", value: (row) => row.severity },
    { id: "isOn", header: "On", kind: "flag", value: (row) => row.isOn },
    { id: "threshold", header: "Threshold", kind: "integer", value: (row) => row.threshold },
    { id: "minutes", header: "Minutes", kind: "integer", value: (row) => row.minutes },
    { id: "alerts", header: "Alerts in 30 days", kind: "integer", value: (row) => row.alerts },
    { id: "question", header: "Question", kind: "text", value: (row) => row.question },
    { id: "technique", header: "ATT&CK", kind: "text", value: (row) => row.technique },
    {
      id: "companyId",
      header: "Company number",
      kind: "integer",
      value: (row) => row.companyId,
      isOptional: true,
    },
  ];
}
