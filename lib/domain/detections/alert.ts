import { z } from "zod";
import { listOf, optionalParagraphs, rowId } from "../form-input";
import { issue, type Text, type TextKey } from "../text";
import { deletedName } from "./deleted-name";
import { reasonUntil } from "./reason-until";
import { RULE_NAMES, type AlertFacts, type AlertSeverity, type NamedFacts } from "./rule";
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
 * direction of text: they are chosen by whoever tries to log on, and would turn around the words behind them.
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

const comment = optionalParagraphs(1_000);

/** What to make of one alert or several. */
export const alertStateForm = z.object({
  alertId: listOf(rowId).refine((ids) => ids.length > 0, issue("alertErrors.alertsMissing")),
  state: z.enum(ALERT_STATES, issue("alertErrors.stateMissing")),
  comment,
});

/** The new assignee; empty to unassign. */
export const alertAssignForm = z.object({
  alertId: listOf(rowId).refine((ids) => ids.length > 0, issue("alertErrors.alertsMissing")),
  assignee: z.string().trim().max(255).default(""),
});

/** What a program changes in an alert: absent fields stay unchanged; a null assignee unassigns it. */
export const alertPatch = z
  .strictObject({
    state: z.enum(ALERT_STATES).optional().meta({ description: "The state it comes to." }),
    comment: z
      .string()
      .max(1_000)
      .optional()
      .meta({ description: "Written below the alert; with a state it belongs to that change." }),
    assignee: z
      .string()
      .max(255)
      .nullable()
      .optional()
      .meta({ description: "The username of a member who may deal with alerts; null for nobody." }),
  })
  .refine(
    (given) => Object.values(given).some((value) => value !== undefined),
    issue("alertErrors.patchEmpty"),
  );

export const alertCommentForm = z.object({
  alertId: rowId,
  comment: comment.refine((text) => text !== null, issue("alertErrors.commentMissing")),
});

/** An exception made from an alert: its rule does not count its account or address any more. */
export const exceptionForm = z.object({ alertId: rowId, ...reasonUntil });

export const exceptionRef = z.object({ exceptionId: rowId });
export const ruleName = z.enum(RULE_NAMES, issue("alertErrors.ruleMissing"));
