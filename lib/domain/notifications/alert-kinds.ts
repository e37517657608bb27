import { z } from "zod";
import { RULE_NAMES, type AlertSeverity } from "../detections/rule";
import { findRule } from "../detections/rules";
import { defineKind, named, type NotificationKind, type Severity } from "./kind";

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

function sentence({ rule, account, site, address, accounts, from, to, ...facts }: Params): string {
  const { title, sentence: write } = findRule(rule)!;
  const [firstAt, lastAt] = [Date.parse(from), Date.parse(to)];
  const found = {
    ...facts,
    account: account?.name ?? null,
    site: site?.name ?? null,
    // Nobody but the account is named: erasing a person finds no other name in a notification.
    otherAccount: null,
    address,
    accountCount: accounts,
    firstAt,
    lastAt,
  };
  return `${title}: ${write(found, (at) => new Date(at).toISOString())}`;
}

const throttled = defineKind({
  name: "rule.throttled",
  title: "Rule made too many alerts",
  severity: "warning",
  audience: "company",
  /** `day` as YYYY-MM-DD, of the company's time zone. */
  params: z.object({ rule: z.string(), title: z.string(), day: z.string(), most: z.int() }),
  sentence: ({ title, day, most }) =>
    `The rule ${title} has made ${most} alerts on ${day} and keeps the rest of that day back. Tune it or add exceptions.`,
  several: (count) => `${count} rules made too many alerts`,
  nameOf: ({ title }) => title,
});

/** Alerts of rules that have no kind of their own, by severity. */
const BY_SEVERITY: readonly NotificationKind[] = Object.entries(SEVERITY_OF).map(([name, severity]) =>
  defineKind({
    name: `alert.${name}`,
    title: `Alert of ${name} severity`,
    severity,
    audience: "company",
    params,
    sentence,
    several: (count) => `There are ${count} alerts of ${name} severity`,
    nameOf: ({ account, computer, site, address }) =>
      account?.name ?? address ?? computer?.name ?? site?.name ?? "",
  }),
);

export const ALERT_KINDS: readonly NotificationKind[] = [...BY_SEVERITY, throttled];
