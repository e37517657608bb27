import type { EventKind } from "../events/kinds";
import type { IanaZone } from "../zones";
import type { AccountMemory } from "./account-memory";
import type { CompanyCalendar } from "./company-calendar";
import type { CompanyMemory } from "./company-memory";
import type { ComputerMemory } from "./computer-memory";
import type { Finding } from "./finding";
import type { Rule, RuleValues, SeenEvent } from "./rule";

/** Ids of those with a tag. */
export interface Tagged {
  serviceAccounts: ReadonlySet<number>;
  administrators: ReadonlySet<number>;
  administratorsComputers: ReadonlySet<number>;
}

/** What a rule may know besides the event and its own memory: loaded once a batch, the rest worked out event by event. */
export interface RuleContext {
  /** The company's. */
  zone: IanaZone;
  /** Whether the company lets rules learn habits. */
  learnsHabits: boolean;
  calendar: CompanyCalendar;
  tagged: Tagged;
  /** The country of a public address in two letters; null for others and unknown ones. */
  countryOf(address: string): string | null;
  /** Rules that learn say nothing of what happened before: epoch milliseconds, Infinity before the first event. */
  learnUntil: number;
  /** What was known of the event's account and computer before it. */
  company: Readonly<CompanyMemory>;
  account: Readonly<AccountMemory>;
  computer: Readonly<ComputerMemory>;
  /** When a computer of the account's sessions was last shut down or started, epoch milliseconds; 0 for not known. */
  offAt(computerId: number): number;
  /** What the zone's clocks show, in minutes: 1,440 for each day since 1970-01-01. */
  wall: number;
}

/** What is loaded once a batch. */
export type BatchContext = Omit<
  RuleContext,
  "learnUntil" | "company" | "account" | "computer" | "offAt" | "wall"
>;

/** The memory of a rule's own, for each subject that it chooses. JSON, and bounded whatever anybody sends. */
export interface OwnMemory<Memory> {
  /** What the event's memory is kept under, as `account:7` or `site:2`; null when the rule passes over the event. */
  keyOf(event: SeenEvent, context: BatchContext): string | null;
  create(): Memory;
  /** Days it is kept after its last change. */
  keptDays: number;
}

/**
 * A rule that judges events one by one. Findings about one subject are one alert for as long as each happens within
 * `groupMinutes` of another. It depends on nothing but its arguments, and changes nothing but its memory.
 */
export interface EventRule<Memory = unknown> extends Rule {
  learns: boolean;
  kinds: ReadonlySet<EventKind>;
  groupMinutes: number;
  memory?: OwnMemory<Memory>;
  /** `memory` is undefined for a rule without one. Called for events of its kinds, in the order stored. */
  take(memory: Memory, values: RuleValues, event: SeenEvent, context: RuleContext): Finding | null;
}
