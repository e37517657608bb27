import type { Text, TextKey } from "../text";
import { deletedName } from "./deleted-name";
import type { AlertFacts, AlertSeverity, NamedFacts } from "./rule";
import { findRule } from "./rules";
import { computersText } from "./words";

export const ALERT_STATES = [
  "open",
  "acknowledged",
  "closed-true",
  "closed-expected",
  "closed-false",
] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export const isClosed = (state: string) => state.startsWith("closed-");

export const ALERT_STATE_TEXT: Readonly<Record<string, TextKey>> = {
  open: "alertStates.open",
  acknowledged: "alertStates.acknowledged",
  "closed-true": "alertStates.closedTrue",
  "closed-expected": "alertStates.closedExpected",
  "closed-false": "alertStates.closedFalse",
} satisfies Record<AlertState, TextKey>;

export const SEVERITY_TEXT: Readonly<Record<string, TextKey>> = {
  low: "severities.low",
  medium: "severities.medium",
  high: "severities.high",
  critical: "severities.critical",
} satisfies Record<AlertSeverity, TextKey>;

export function stateText(state: string): string | Text {
  const key = ALERT_STATE_TEXT[state];
  return key ? { key } : state;
}

export function severityText(severity: string): string | Text {
  const key = SEVERITY_TEXT[severity];
  return key ? { key } : severity;
}

type Facts = AlertFacts & { accountId?: number | null };

/**
 * What was found, in words; of a rule that this version does not know, its name. Names lose characters that change the
 * direction of text: anyone who tries to log on chooses them, and they would turn around the words behind them.
 */
export function alertText(rule: string, facts: Facts): string | Text {
  const found = findRule(rule);
  if (!found) return `${rule}.`;
  const named = namedFacts(facts);
  const text = found.sentence(named);
  if (!lacksNumber(text)) return text;
  const { account, address, computer, site } = named;
  const subject = { account, address, computer, site }[found.subject];
  return { key: "ruleSentences.withoutNumbers", values: { subject, rule: found.title } };
}

/** Whether a number is missing in it: an alert of an older version may not have every number that the sentence names. */
function lacksNumber({ values = {} }: Text): boolean {
  return Object.values(values).some(
    (value) => Number.isNaN(value) || (typeof value === "object" && "key" in value && lacksNumber(value)),
  );
}

function namedFacts(facts: Facts): NamedFacts {
  const { otherAccount, address, site, computers } = facts;
  const names = computers.map(oneWay);
  return {
    ...facts,
    account: accountText(facts),
    otherAccount: otherAccount === null ? { key: "ruleSentences.otherAccount" } : oneWay(otherAccount),
    address: oneWay(address ?? ""),
    hasAddress: address === null ? "no" : "yes",
    site: site === null ? { key: "ruleSentences.someSite" } : oneWay(site),
    computers: computersText(names),
    computer: names[0] ?? { key: "ruleSentences.someComputer" },
    machines: names.length,
  };
}

function accountText({ account, accountId = null }: Facts): string | Text {
  if (account !== null) return oneWay(account);
  return accountId === null ? { key: "ruleSentences.someAccount" } : deletedName("accounts", accountId);
}

const oneWay = (name: string) => name.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, "");

export function ruleTitle(rule: string): string | Text {
  return findRule(rule)?.title ?? rule;
}
