import { z } from "zod";
import { alertText, ruleTitle } from "../detections/alert";
import { ALERT_SEVERITIES, RULE_NAMES, type AlertSeverity } from "../detections/rule";
import { findRule } from "../detections/rules";
import type { Text } from "../text";
import { defineKind, named, type NotificationKind } from "./kind";
import type { Severity } from "./severity";

/** How severe a notification of an alert is. */
const SEVERITY_OF: Readonly<Record<AlertSeverity, Severity>> = {
  low: "info",
  medium: "warning",
  high: "critical",
  critical: "critical",
};

const params = z.object({
  alertId: z.int(),
  rule: z.enum(RULE_NAMES),
  account: named.optional(),
  computer: named.optional(),
  site: named.optional(),
  address: z.string().nullable(),
  count: z.int(),
  accounts: z.int(),
  threshold: z.int(),
  windowMinutes: z.int(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  codes: z.array(z.string()),
  compared: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
  computers: z.array(z.string()),
});
type Params = z.output<typeof params>;

function sentence({ rule, account, site, address, accounts, from, to, ...facts }: Params): Text {
  const [firstAt, lastAt] = [Date.parse(from), Date.parse(to)];
  const found = {
    ...facts,
    account: account?.name ?? null,
    site: site?.name ?? null,
    // Only the account is named: erasing a person finds no other name in a notification.
    otherAccount: null,
    address,
    accountCount: accounts,
    firstAt,
    lastAt,
  };
  return {
    key: "notificationSentences.alert",
    values: { rule: ruleTitle(rule), finding: alertText(rule, found) },
  };
}

const throttled = defineKind({
  name: "rule.throttled",
  title: { key: "notificationKinds.throttled" },
  severity: "warning",
  audience: "company",
  /** `day` as YYYY-MM-DD, of the company's time zone. */
  params: z.object({ rule: z.string(), title: z.string(), day: z.string(), most: z.int() }),
  sentence: ({ rule, title, day, most }) => ({
    key: "notificationSentences.throttled",
    values: { rule: findRule(rule)?.title ?? title, most, day },
  }),
  several: (count) => ({ key: "notificationSentences.several.throttled", values: { count } }),
  nameOf: ({ rule, title }) => findRule(rule)?.title ?? title,
});

const TITLE: Readonly<Record<AlertSeverity, Text>> = {
  low: { key: "notificationKinds.alertLow" },
  medium: { key: "notificationKinds.alertMedium" },
  high: { key: "notificationKinds.alertHigh" },
  critical: { key: "notificationKinds.alertCritical" },
};

/** Alerts of rules that have no kind of their own, by severity. */
const BY_SEVERITY: readonly NotificationKind[] = ALERT_SEVERITIES.map((name) =>
  defineKind({
    name: `alert.${name}`,
    title: TITLE[name],
    severity: SEVERITY_OF[name],
    audience: "company",
    params,
    sentence,
    several: (count) => ({
      key: "notificationSentences.several.alert",
      values: { count, severity: name },
    }),
    nameOf: ({ account, computer, site, address }) =>
      account?.name ?? address ?? computer?.name ?? site?.name ?? "",
  }),
);

export const ALERT_KINDS: readonly NotificationKind[] = [...BY_SEVERITY, throttled];
