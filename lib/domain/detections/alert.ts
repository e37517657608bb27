import { z } from "zod";
import { listOf, optionalParagraphs, rowId } from "../form-input";
import { reasonUntil } from "./reason-until";
import { RULE_NAMES, type AlertFacts, type TimeWords } from "./rule";
import { findRule } from "./rules";

export const ALERT_STATES = [
  "open",
  "acknowledged",
  "closed-true",
  "closed-expected",
  "closed-false",
] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export const ALERT_STATE_LABEL: Readonly<Record<string, string>> = {
  open: "Open",
  acknowledged: "Acknowledged",
  "closed-true": "Closed as true",
  "closed-expected": "Closed as expected",
  "closed-false": "Closed as false",
} satisfies Record<AlertState, string>;

/**
 * What was found, in words; of a rule that this version does not know, its name. Names lose characters that change the
 * direction of text: they are chosen by whoever tries to log on, and would turn around the words behind them.
 */
export function alertSentence(rule: string, facts: AlertFacts, timeWords: TimeWords): string {
  const { account, otherAccount, address, site, computers } = facts;
  const named = {
    ...facts,
    account: oneWay(account),
    otherAccount: oneWay(otherAccount),
    address: oneWay(address),
    site: oneWay(site),
    computers: computers.map((name) => oneWay(name)),
  };
  return findRule(rule)?.sentence(named, timeWords) ?? `${rule}.`;
}

function oneWay<Text extends string | null>(text: Text): Text {
  return text === null ? text : (text.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, "") as Text);
}

export function ruleTitle(rule: string): string {
  return findRule(rule)?.title ?? rule;
}

const comment = optionalParagraphs(1_000);

/** What to make of one alert or several. */
export const alertStateForm = z.object({
  alertId: listOf(rowId).refine((ids) => ids.length > 0, "Choose at least one alert."),
  state: z.enum(ALERT_STATES, "Choose a state."),
  comment,
});

/** The new assignee; empty to unassign. */
export const alertAssignForm = z.object({
  alertId: listOf(rowId).refine((ids) => ids.length > 0, "Choose at least one alert."),
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
    "Give state, comment or assignee.",
  );

export const alertCommentForm = z.object({
  alertId: rowId,
  comment: comment.refine((text) => text !== null, "Write a comment."),
});

/** An exception made from an alert: its rule does not count its account or address any more. */
export const exceptionForm = z.object({ alertId: rowId, ...reasonUntil });

export const exceptionRef = z.object({ exceptionId: rowId });
export const ruleName = z.enum(RULE_NAMES, "There is no such rule.");
