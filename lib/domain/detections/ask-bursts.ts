import { accountKey, alertName, draftOf, memoryKey, subjectKeyOf } from "./alert-draft";
import { newBurstMemory, takeIntoBurst, type BurstMemory, type BurstStep, type Entry } from "./burst-memory";
import { isExcepted } from "./exception";
import { guessedDraft, type GuessedAlert } from "./guessed-alert";
import { newGuessedMemory, takeSuccess, takeSuspicion, type GuessedMemory } from "./guessed-memory";
import { remember, type Asking, type Memories, type Outcome } from "./memories";
import { passwordGuessed } from "./password-guessed";
import type { BurstRule, RuleName, SeenEvent } from "./rule";
import { isLetThrough } from "./throttle";

const GUESSES: readonly RuleName[] = ["password-spray", "password-guessing"];

/** The memories of accounts that wait in those loaded: a run may open and cast suspicion on them. */
export function suspectKeys(memories: Memories): string[] {
  const keys: string[] = [];
  for (const [key, memory] of memories) {
    if (!GUESSES.some((rule) => key.startsWith(`${rule} `))) continue;
    for (const { accountId } of (memory as BurstMemory).waiting) {
      keys.push(memoryKey(passwordGuessed.name, accountKey(accountId)));
    }
  }
  return keys;
}

/** Takes the event into the rule's memory of its subject, and what came of it into `password-guessed`. */
export function askBurst(rule: BurstRule, event: SeenEvent, asking: Asking): void {
  const { asked, outcome } = asking;
  if (isExcepted(asked.exceptions, rule.name, event)) return;
  const { values, isOn } = asked.settings[rule.name];
  const subjectKey = subjectKeyOf(rule, event);
  const memory = remember(asking, rule.name, subjectKey, newBurstMemory);
  const step = takeIntoBurst(memory, rule, values, event);
  if (!step.run) return;
  if (isOn) {
    if (isLetThrough(rule.name, step.run, event, asking)) {
      const bounds = { threshold: values.threshold!, windowMinutes: values.minutes! };
      const draft = draftOf(rule, event, step.run, bounds);
      outcome.alerts.set(alertName(rule.name, subjectKey, draft.key), draft);
    }
    dropAbsorbed(outcome, rule.name, subjectKey, step.absorbed);
  }
  if (GUESSES.includes(rule.name)) castSuspicion(rule, event, step, asking);
}

/** Notes the alerts that turned out to be part of another. */
export function dropAbsorbed(
  { alerts, absorbed }: Outcome,
  rule: RuleName,
  subjectKey: string,
  keys: readonly number[],
): void {
  for (const key of keys) {
    alerts.delete(alertName(rule, subjectKey, key));
    absorbed.add(alertName(rule, subjectKey, key));
  }
}

function castSuspicion(rule: BurstRule, event: SeenEvent, { run, joined }: BurstStep, asking: Asking): void {
  const { asked } = asking;
  const threshold = asked.settings[rule.name].values.threshold!;
  const source = { rule: rule.name, subjectKey: subjectKeyOf(rule, event), threshold, run: run! };
  for (const [accountId, entries] of byAccount(joined)) {
    if (isExcepted(asked.exceptions, passwordGuessed.name, { ...event, accountId })) continue;
    // An account that isn't there has no password to guess, and invented names would fill the memory.
    if (entries.every(({ isUnknown }) => isUnknown)) continue;
    const memory = guessedOf(accountId, asking);
    const own = asked.settings[passwordGuessed.name].values;
    tellGuessed(takeSuspicion(memory, own, source, entries, event.receivedAt), accountId, event, asking);
  }
}

/** Takes a start of a session into `password-guessed`. */
export function askGuessed(event: SeenEvent, asking: Asking): void {
  const { asked } = asking;
  if (isExcepted(asked.exceptions, passwordGuessed.name, event)) return;
  const values = asked.settings[passwordGuessed.name].values;
  const guessed = takeSuccess(guessedOf(event.accountId, asking), values, event);
  tellGuessed(guessed, event.accountId, event, asking);
}

function guessedOf(accountId: number, asking: Asking): GuessedMemory {
  return remember(asking, passwordGuessed.name, accountKey(accountId), newGuessedMemory);
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

function tellGuessed(
  alerts: readonly GuessedAlert[],
  accountId: number,
  event: SeenEvent,
  asking: Asking,
): void {
  const { asked, outcome } = asking;
  const { name } = passwordGuessed;
  const { isOn, values } = asked.settings[name];
  for (const alert of alerts) {
    if (!isOn || !isLetThrough(name, alert, event, asking)) continue;
    const draft = guessedDraft(accountId, alert, values);
    outcome.alerts.set(alertName(name, draft.subjectKey, draft.key), draft);
  }
}
