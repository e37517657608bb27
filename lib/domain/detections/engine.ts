import { START_KINDS } from "../events/kinds";
import { newBurstMemory, takeIntoBurst, type BurstMemory, type Entry, type Run } from "./burst-memory";
import { isExcepted, type RuleException } from "./exception";
import {
  newGuessedMemory,
  takeSuccess,
  takeSuspicion,
  type Guessed,
  type GuessedMemory,
} from "./guessed-memory";
import { passwordGuessed } from "./password-guessed";
import type { AlertSeverity, BurstRule, Rule, RuleName, SeenEvent } from "./rule";
import { BURST_RULES, type AllSettings } from "./rules";

/** An alert as a rule sees it; `rule`, `subjectKey` and `key` name it for good. Times in epoch milliseconds. */
export interface AlertDraft {
  rule: RuleName;
  subjectKey: string;
  key: number;
  severity: AlertSeverity;
  accountId: number | null;
  address: string | null;
  /** Of the logon that followed; else the only computer, or null for several. */
  computerId: number | null;
  siteId: number | null;
  firstAt: number;
  sinceAt: number;
  lastAt: number;
  count: number;
  threshold: number;
  windowMinutes: number;
  eventIds: readonly number[];
  accountIds: readonly number[];
  computerIds: readonly number[];
  codes: readonly string[];
  isLate: boolean;
}

/** What the rules of a company remember, by {@link memoryKey}. JSON, so that it can be stored between batches. */
export type Memories = Map<string, unknown>;

export interface Outcome {
  /** Opened or grown, by their names; the last state of each. */
  alerts: Map<string, AlertDraft>;
  /** Names of alerts that turned out to be part of an earlier one. */
  absorbed: Set<string>;
  /** Keys of memories that changed. */
  changed: Set<string>;
}

/** Everything that decides, besides events and memories. */
export interface Asked {
  settings: AllSettings;
  exceptions: readonly RuleException[];
}

const GUESSES: readonly RuleName[] = ["password-spray", "password-guessing"];

export const memoryKey = (rule: RuleName, subjectKey: string) => `${rule} ${subjectKey}`;
const alertName = (rule: RuleName, subjectKey: string, key: number) => `${rule} ${subjectKey} ${key}`;
const accountKey = (accountId: number) => `account:${accountId}`;

/** The subject as it is stored; one of `account:<id>` and `address:<text>`. */
function subjectKeyOf({ subject }: Pick<Rule, "subject">, event: SeenEvent): string {
  return subject === "account" ? accountKey(event.accountId) : `address:${event.address}`;
}

/** The memories that the events lead to at once. Further ones follow from these: {@link furtherKeys}. */
export function directKeys(events: readonly SeenEvent[]): Set<string> {
  const keys = new Set<string>();
  for (const event of events) {
    for (const rule of BURST_RULES) {
      if (rule.selects(event)) keys.add(memoryKey(rule.name, subjectKeyOf(rule, event)));
    }
    if (isSuccess(event) || event.kind === "logon_failed") {
      keys.add(memoryKey(passwordGuessed.name, accountKey(event.accountId)));
    }
  }
  return keys;
}

/** The memories of accounts that wait in those loaded: a run may open and cast suspicion on them. */
export function furtherKeys(memories: Memories): Set<string> {
  const keys = new Set<string>();
  for (const [key, memory] of memories) {
    if (!GUESSES.some((rule) => key.startsWith(`${rule} `))) continue;
    for (const { accountId } of (memory as BurstMemory).waiting) {
      keys.add(memoryKey(passwordGuessed.name, accountKey(accountId)));
    }
  }
  return keys;
}

const isSuccess = ({ kind }: SeenEvent) => START_KINDS.has(kind);

/**
 * Asks every rule about the events, which come in the order stored, and changes the memories.
 *
 * What comes of it depends on nothing but the events so far, however they are cut into calls.
 */
export function askRules(events: readonly SeenEvent[], memories: Memories, asked: Asked): Outcome {
  const outcome: Outcome = { alerts: new Map(), absorbed: new Set(), changed: new Set() };
  for (const event of events) {
    for (const rule of BURST_RULES) {
      if (rule.selects(event)) askBurst(rule, event, memories, asked, outcome);
    }
    if (isSuccess(event) && !isExcepted(asked.exceptions, passwordGuessed.name, event)) {
      const { subjectKey, memory } = guessedOf(memories, event.accountId, outcome);
      const values = asked.settings[passwordGuessed.name].values;
      tellGuessed(takeSuccess(memory, values, event), subjectKey, event.accountId, asked, outcome);
    }
  }
  return outcome;
}

function askBurst(
  rule: BurstRule,
  event: SeenEvent,
  memories: Memories,
  asked: Asked,
  outcome: Outcome,
): void {
  if (isExcepted(asked.exceptions, rule.name, event)) return;
  const { values, isOn } = asked.settings[rule.name];
  const subjectKey = subjectKeyOf(rule, event);
  const key = memoryKey(rule.name, subjectKey);
  const memory = (memories.get(key) as BurstMemory | undefined) ?? newBurstMemory();
  memories.set(key, memory);
  outcome.changed.add(key);
  const { run, joined, absorbed } = takeIntoBurst(memory, rule, values, event);
  if (!run) return;
  if (isOn) {
    const draft = draftOf(rule, subjectKey, event, run, values.threshold!, values.minutes!);
    outcome.alerts.set(alertName(rule.name, subjectKey, run.key), draft);
    for (const other of absorbed) {
      outcome.alerts.delete(alertName(rule.name, subjectKey, other));
      outcome.absorbed.add(alertName(rule.name, subjectKey, other));
    }
  }
  if (!GUESSES.includes(rule.name)) return;
  const source = { rule: rule.name, subjectKey, threshold: values.threshold!, run };
  for (const [accountId, entries] of byAccount(joined)) {
    if (isExcepted(asked.exceptions, passwordGuessed.name, { ...event, accountId })) continue;
    const guessed = guessedOf(memories, accountId, outcome);
    const own = asked.settings[passwordGuessed.name].values;
    const found = takeSuspicion(guessed.memory, own, source, entries, event.receivedAt);
    tellGuessed(found, guessed.subjectKey, accountId, asked, outcome);
  }
}

function guessedOf(memories: Memories, accountId: number, outcome: Outcome) {
  const subjectKey = accountKey(accountId);
  const key = memoryKey(passwordGuessed.name, subjectKey);
  const memory = (memories.get(key) as GuessedMemory | undefined) ?? newGuessedMemory();
  memories.set(key, memory);
  outcome.changed.add(key);
  return { subjectKey, memory };
}

function byAccount(entries: readonly Entry[]): Map<number, Entry[]> {
  const found = new Map<number, Entry[]>();
  for (const entry of entries) {
    const own = found.get(entry.accountId);
    if (own) own.push(entry);
    else found.set(entry.accountId, [entry]);
  }
  return found;
}

const only = <Value>(list: readonly Value[]): Value | null => (list.length === 1 ? list[0]! : null);

function draftOf(
  rule: BurstRule,
  subjectKey: string,
  event: SeenEvent,
  run: Run,
  threshold: number,
  windowMinutes: number,
): AlertDraft {
  const { key, firstAt, sinceAt, lastAt, count, isLate } = run;
  return {
    rule: rule.name,
    subjectKey,
    key,
    severity: rule.severity,
    accountId: rule.subject === "account" ? event.accountId : null,
    address: rule.subject === "address" ? event.address : only(run.addresses),
    computerId: only(run.computerIds),
    siteId: only(run.siteIds),
    firstAt,
    sinceAt,
    lastAt,
    count,
    threshold,
    windowMinutes,
    eventIds: [...run.eventIds],
    accountIds: [...run.accountIds],
    computerIds: [...run.computerIds],
    codes: [...run.codes],
    isLate,
  };
}

function tellGuessed(
  guessed: Guessed | null,
  subjectKey: string,
  accountId: number,
  { settings }: Asked,
  { alerts }: Outcome,
): void {
  const { isOn, values } = settings[passwordGuessed.name];
  if (!guessed || !isOn) return;
  const { suspicion, success, isLate } = guessed;
  alerts.set(alertName(passwordGuessed.name, subjectKey, success.id), {
    rule: passwordGuessed.name,
    subjectKey,
    key: success.id,
    severity: passwordGuessed.severity,
    accountId,
    address: suspicion.address,
    computerId: success.computerId,
    siteId: success.siteId,
    firstAt: suspicion.firstAt,
    sinceAt: success.at,
    lastAt: success.at,
    count: suspicion.count + 1,
    threshold: suspicion.threshold,
    windowMinutes: values.minutes!,
    eventIds: [...suspicion.eventIds, success.id],
    accountIds: [accountId],
    computerIds: [success.computerId],
    codes: [],
    isLate,
  });
}
