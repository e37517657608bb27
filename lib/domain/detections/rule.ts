import type { EventKind } from "../events/kinds";
import type { ListValue, Text } from "../text";
import type { Requirement } from "./requirement";
import type { Technique } from "./technique";

export const ALERT_SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

export const RULE_NAMES = [
  "password-spray",
  "password-guessing",
  "password-guessed",
  "unusable-account",
  "lockouts-in-a-row",
  "first-time-on-computer",
  "new-on-personal-computer",
  "unusual-hour",
  "many-computers",
  "dormant-account",
  "outside-hours",
  "two-countries",
  "service-account-at-desk",
  "administrator-elsewhere",
  "quiet-site",
  "agent-silenced",
  "clock-moved",
  "events-lost",
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** What rules know of an event. Ids within one company and in the order stored; times in epoch milliseconds. */
export interface SeenEvent {
  id: number;
  at: number;
  receivedAt: number;
  kind: EventKind;
  accountId: number;
  computerId: number;
  siteId: number;
  /** Where a failed logon came from; null when the event does not say. */
  address: string | null;
  /** Where the internet saw it come from: what Windows names if it is public, else the computer's public address. */
  publicAddress: string | null;
  logonType: number | null;
  /** Failure codes as eight hex digits in lower case, the finer first. */
  codes: readonly string[];
}

/** What rules are tuned by: a number each, whose meaning, unit and bounds are the rule's. */
export const PARAMETER_NAMES = ["threshold", "minutes", "days", "logons", "accounts", "share"] as const;
export type ParameterName = (typeof PARAMETER_NAMES)[number];

/** What a value counts: something that the label names, or one of these. */
export type ParameterUnit = "number" | "minutes" | "days" | "percent";

export interface RuleParameter {
  name: ParameterName;
  label: Text;
  unit: ParameterUnit;
  initial: number;
  least: number;
  most: number;
}

export type RuleValues = Readonly<Record<string, number>>;

/** A company's choices about a rule, complete with defaults. */
export interface RuleSettings {
  isOn: boolean;
  values: RuleValues;
}

/** What an alert was compared with: numbers, and words without names. People are stored as ids (`accountId`). */
export type Compared = Readonly<Record<string, number | string>>;

/** What a rule found, as far as words need it; names as they are now. Times in epoch milliseconds. */
export interface AlertFacts {
  account: string | null;
  address: string | null;
  site: string | null;
  /** The account of `compared.accountId`. */
  otherAccount: string | null;
  compared: Compared;
  /** The first few. */
  computers: readonly string[];
  accountCount: number;
  count: number;
  threshold: number;
  windowMinutes: number;
  firstAt: number;
  lastAt: number;
  /** Failure codes that were seen, as {@link SeenEvent} has them. */
  codes: readonly string[];
}

/** The same as a sentence names it: with what stands for names that were deleted, and no name that turns text around. */
export interface NamedFacts extends Omit<
  AlertFacts,
  "account" | "otherAccount" | "address" | "site" | "computers"
> {
  account: string | Text;
  otherAccount: string | Text;
  /** Empty if there is none. */
  address: string;
  hasAddress: "yes" | "no";
  site: string | Text;
  /** The first few and how many more. */
  computers: ListValue;
  /** The first. */
  computer: string | Text;
  /** How many computers there are. */
  machines: number;
}

export type AlertSubject = "account" | "address" | "computer" | "site";

/**
 * A question asked of events. A {@link BurstRule} counts events of a subject within a window, an `EventRule` judges each
 * event by what it remembers, and `password-guessed` has a machine of its own.
 */
export interface Rule {
  name: RuleName;
  title: Text;
  /** What it asks, as one sentence. */
  question: Text;
  severity: AlertSeverity;
  /** MITRE ATT&CK. */
  technique: Technique;
  subject: AlertSubject;
  /** Rests on habits: quiet until the company's learning period is over, and when the company learns none. */
  learns?: boolean;
  parameters: readonly RuleParameter[];
  /** What people tell it first: without that it has little or nothing to say. */
  requires?: readonly Requirement[];
  /** The kinds that feed it: all of them must arrive. */
  needs: readonly EventKind[];
  /** The kinds of the events that its alerts are made of, where those are others than it needs. */
  kinds?: ReadonlySet<EventKind>;
  /** What to turn on where they do not. */
  needsText: Text;
  /** Its alerts send no notification of their own: which one covers them, and when that is sent. */
  toldBy?: Text;
  /** What was found, as a sentence. */
  sentence(facts: NamedFacts): Text;
  /** What to do about it. */
  nextStep: Text;
}

/** A rule that counts the events it selects, by subject, within `minutes`, up to `threshold`. */
export interface BurstRule extends Rule {
  /** What the threshold counts: events, or different accounts among them. */
  counts: "events" | "accounts";
  selects(event: SeenEvent): boolean;
}

/** The rule's values with defaults for what is not stored, or is out of bounds by now. */
export function valuesOf({ parameters }: Pick<Rule, "parameters">, stored: unknown): RuleValues {
  const given = typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
  return Object.fromEntries(
    parameters.map(({ name, initial, least, most }) => {
      const value = given[name];
      const isGood = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
      return [name, isGood ? value : initial];
    }),
  );
}

export const minutesParameter = (initial: number, most: number): RuleParameter => ({
  name: "minutes",
  label: { key: "rules.window" },
  unit: "minutes",
  initial,
  least: 1,
  most,
});

export const thresholdParameter = (label: Text, initial: number, least: number): RuleParameter => ({
  name: "threshold",
  label,
  unit: "number",
  initial,
  least,
  most: 100,
});
