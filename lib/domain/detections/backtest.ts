import { localDateOf, type IanaZone, type LocalDate } from "../zones";
import type { AlertDraft } from "./alert-draft";
import { HABIT_DAYS } from "./account-memory";
import type { EventRule } from "./event-rule";
import { SHORT_KEPT_DAYS } from "./kept";
import type { Asked, Outcome } from "./memories";
import type { RuleName, RuleValues } from "./rule";
import { EVENT_RULES, RULES, type AllSettings } from "./rules";
import { throttleKey } from "./throttle";

/** How many days a rule can be tried on. */
export const BACKTEST_DAYS = [30, 90] as const;
export type BacktestDays = (typeof BACKTEST_DAYS)[number];

/** What a backtest keeps of an alert: all that its sentence tells. */
export interface FoundAlert extends Omit<AlertDraft, "eventIds" | "accountIds"> {
  accountCount: number;
}

/** An account or address with what a rule found about it. */
export interface LoudSubject {
  subjectKey: string;
  alerts: number;
  /** Events that count, of all its alerts. */
  count: number;
  firstAt: number;
  lastAt: number;
  /** The one with the most events, the newest of those. */
  greatest: FoundAlert;
}

/** The values to try of each rule. */
export type TriedValues = ReadonlyMap<RuleName, RuleValues>;

/** The company's settings with these values of rules, which are on. Other rules tell nothing, but go on counting. */
export function settingsToTry(settings: AllSettings, tried: TriedValues): AllSettings {
  const entries = RULES.map(({ name }) => {
    const values = tried.get(name);
    return [name, { values: values ?? settings[name].values, isOn: values !== undefined }] as const;
  });
  return Object.fromEntries(entries) as AllSettings;
}

/** What a rule is tried with, besides events. */
export interface Trial {
  asked: Asked;
  /** Looks at habits: all that happened is read, not only logons and failures. */
  needsHabits: boolean;
  /** Days before the range from which habits are learned. */
  learnDays: number;
  /** Rules that remember for long, and are asked from there on as well. */
  kept: readonly EventRule[];
}

/** How to try rules with these values, as long before the range as they remember. */
export function trialOf(asked: Asked, tried: TriedValues): Trial {
  const settings = settingsToTry(asked.settings, tried);
  const found = EVENT_RULES.filter(({ name }) => tried.has(name));
  if (found.length === 0) {
    const context = { ...asked.context, learnsHabits: false };
    const days = SHORT_KEPT_DAYS;
    return { asked: { ...asked, settings, context }, needsHabits: false, learnDays: days, kept: [] };
  }
  const kept = found.filter(({ memory }) => memory !== undefined && memory.keptDays > SHORT_KEPT_DAYS);
  return { asked: { ...asked, settings }, needsHabits: true, learnDays: HABIT_DAYS, kept };
}

/** Gathers what a rule finds in the past, batch by batch. */
export class BacktestTally {
  readonly #found = new Map<string, FoundAlert>();
  #held = 0;

  /** Counts what happened from the instant on, epoch milliseconds; before it rules only learn. */
  constructor(
    readonly rule: RuleName,
    readonly from: number,
    /** The company's own day that it is on then. */
    readonly firstDay: LocalDate,
  ) {}

  take({ alerts, absorbed, heldBack }: Outcome): void {
    for (const [day, count] of heldBack) {
      const isOwn = day.startsWith(throttleKey(this.rule, ""));
      if (isOwn && day >= throttleKey(this.rule, this.firstDay)) this.#held += count;
    }
    for (const name of absorbed) this.#found.delete(name);
    for (const [name, { eventIds: _, accountIds, ...draft }] of alerts) {
      if (draft.rule !== this.rule) continue;
      // A late event can move the beginning of one that was found to before the instant.
      if (draft.sinceAt < this.from) this.#found.delete(name);
      else this.#found.set(name, { ...draft, accountCount: accountIds.length });
    }
  }

  /** Alerts kept back because the rule had made too many that day. */
  get held(): number {
    return this.#held;
  }

  get total(): number {
    return this.#found.size;
  }

  /** How many alerts each of the local days has. */
  byDay(days: readonly LocalDate[], zone: IanaZone): number[] {
    const counts = new Map<LocalDate, number>(days.map((day) => [day, 0]));
    for (const { sinceAt } of this.#found.values()) {
      const day = localDateOf(sinceAt, zone);
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    return days.map((day) => counts.get(day)!);
  }

  /** The subjects with the most alerts, then the most events. */
  loudest(most: number): LoudSubject[] {
    const subjects = new Map<string, LoudSubject>();
    for (const alert of this.#found.values()) {
      const { subjectKey } = alert;
      const known = subjects.get(subjectKey);
      subjects.set(subjectKey, known ? addTo(known, alert) : subjectOf(alert));
    }
    return [...subjects.values()]
      .toSorted((a, b) => b.alerts - a.alerts || b.count - a.count || b.lastAt - a.lastAt)
      .slice(0, most);
  }
}

function subjectOf(alert: FoundAlert): LoudSubject {
  const { subjectKey, count, firstAt, lastAt } = alert;
  return { subjectKey, alerts: 1, count, firstAt, lastAt, greatest: alert };
}

function addTo(subject: LoudSubject, alert: FoundAlert): LoudSubject {
  const { greatest } = subject;
  const isGreater =
    alert.count > greatest.count || (alert.count === greatest.count && alert.lastAt > greatest.lastAt);
  return {
    ...subject,
    alerts: subject.alerts + 1,
    count: subject.count + alert.count,
    firstAt: Math.min(subject.firstAt, alert.firstAt),
    lastAt: Math.max(subject.lastAt, alert.lastAt),
    greatest: isGreater ? alert : greatest,
  };
}
