import type { Text, TextKey } from "../text";
import { administratorElsewhere } from "./administrator-elsewhere";
import { agentSilenced } from "./agent-silenced";
import { clockMoved } from "./clock-moved";
import { dormantAccount } from "./dormant-account";
import type { EventRule } from "./event-rule";
import { eventsLost } from "./events-lost";
import { firstTimeOnComputer } from "./first-time-on-computer";
import { lockoutsInARow } from "./lockouts-in-a-row";
import { manyComputers } from "./many-computers";
import { newOnPersonalComputer } from "./new-on-personal-computer";
import { outsideHours } from "./outside-hours";
import { passwordGuessed } from "./password-guessed";
import { passwordGuessing } from "./password-guessing";
import { passwordSpray } from "./password-spray";
import { quietSite } from "./quiet-site";
import { valuesOf, type BurstRule, type Rule, type RuleName, type RuleSettings } from "./rule";
import { serviceAccountAtDesk } from "./service-account-at-desk";
import { twoCountries } from "./two-countries";
import { unusableAccount } from "./unusable-account";
import { unusualHour } from "./unusual-hour";

export const BURST_RULES: readonly BurstRule[] = [
  passwordSpray,
  passwordGuessing,
  unusableAccount,
  lockoutsInARow,
];

/** Rules that judge each event by what they remember. */
export const EVENT_RULES: readonly EventRule[] = [
  firstTimeOnComputer,
  newOnPersonalComputer,
  unusualHour,
  manyComputers,
  dormantAccount,
  outsideHours,
  twoCountries,
  serviceAccountAtDesk,
  administratorElsewhere,
  quietSite,
];

/** Rules that look at computers now and then, and at no event. */
export const FLEET_RULES: readonly Rule[] = [agentSilenced, clockMoved, eventsLost];

/** Every rule there is, in the order screens list them. */
export const RULES: readonly Rule[] = [
  passwordSpray,
  passwordGuessing,
  passwordGuessed,
  unusableAccount,
  lockoutsInARow,
  ...EVENT_RULES,
  ...FLEET_RULES,
];

/** What each rule is called, by its name. */
export const RULE_TEXT: Readonly<Record<string, TextKey>> = Object.fromEntries(
  RULES.map(({ name, title }) => [name, title.key]),
);

/** Whether the rule looks at events, so that it can be tried on the past. */
export function isOfEvents(rule: Rule): boolean {
  return !FLEET_RULES.includes(rule);
}

/** Why the others cannot. */
export const NO_PAST: Text = { key: "ruleScreens.noPast" };

const byName = new Map<string, Rule>(RULES.map((rule) => [rule.name, rule]));

export function findRule(name: string): Rule | undefined {
  return byName.get(name);
}

export type AllSettings = Readonly<Record<RuleName, RuleSettings>>;

/** A company's settings of every rule; on and with defaults where nothing is stored. */
export function settingsOf(stored: readonly { rule: string; isOn: boolean; values: unknown }[]): AllSettings {
  const rows = new Map(stored.map((row) => [row.rule, row]));
  const entries = RULES.map((rule) => {
    const row = rows.get(rule.name);
    return [rule.name, { isOn: row?.isOn ?? true, values: valuesOf(rule, row?.values) }] as const;
  });
  return Object.fromEntries(entries) as AllSettings;
}
