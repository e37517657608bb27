import { FAILURE_KINDS, START_KINDS, type EventKind } from "../events/kinds";
import { accountKey, memoryKey, subjectKeyOf } from "./alert-draft";
import { askBurst, askGuessed, suspectKeys } from "./ask-bursts";
import { askEventRule, eventRuleKey } from "./ask-events";
import type { EventRule } from "./event-rule";
import { contextAt, HABIT_KINDS, habitKeys, learn, noteFirst, sessionKeys } from "./learn";
import { newOutcome, type Asked, type Asking, type Memories, type Outcome } from "./memories";
import { passwordGuessed } from "./password-guessed";
import type { SeenEvent } from "./rule";
import { BURST_RULES, EVENT_RULES, RULES } from "./rules";
import { dayKeys } from "./throttle";

/** The kinds of event that any rule looks at. */
export const ASKED_KINDS: ReadonlySet<EventKind> = new Set<EventKind>([
  ...HABIT_KINDS,
  ...FAILURE_KINDS,
  ...EVENT_RULES.flatMap(({ kinds }) => [...kinds]),
]);

/** The memories that the events lead to at once. Further ones follow from these: {@link furtherKeys}. */
export function directKeys(events: readonly SeenEvent[], { context }: Pick<Asked, "context">): Set<string> {
  const keys = new Set<string>();
  for (const event of events) {
    for (const key of habitKeys(event, context)) keys.add(key);
    for (const key of dayKeys(event, context, RULES)) keys.add(key);
    for (const rule of BURST_RULES) {
      if (rule.selects(event)) keys.add(memoryKey(rule.name, subjectKeyOf(rule, event)));
    }
    if (START_KINDS.has(event.kind) || event.kind === "logon_failed") {
      keys.add(memoryKey(passwordGuessed.name, accountKey(event.accountId)));
    }
    for (const rule of EVENT_RULES) {
      const key = eventRuleKey(rule, event, context);
      if (key !== null) keys.add(key);
    }
  }
  return keys;
}

/** The memories that those loaded lead to. */
export function furtherKeys(memories: Memories): Set<string> {
  return new Set([...suspectKeys(memories), ...sessionKeys(memories)]);
}

/**
 * Learns from events without asking about them, in the order stored: what was stored before rules looked at it. Only
 * the rules `kept`, which remember for long, judge them all the same.
 */
export function learnFrom(
  events: readonly SeenEvent[],
  memories: Memories,
  asked: Asked,
  kept: readonly EventRule[] = [],
): Set<string> {
  const outcome = newOutcome();
  const asking: Asking = { memories, asked, outcome };
  for (const event of events) {
    noteFirst(event, asking);
    const judging = kept.filter(({ kinds }) => kinds.has(event.kind));
    if (judging.length > 0) {
      const context = contextAt(event, asking);
      for (const rule of judging) askEventRule(rule, event, context, asking);
    }
    learn(event, asking);
  }
  return outcome.changed;
}

/**
 * Asks every rule about the events, which come in the order stored, and changes the memories.
 *
 * What comes of it depends on nothing but the events so far, however they are cut into calls.
 */
export function askRules(events: readonly SeenEvent[], memories: Memories, asked: Asked): Outcome {
  const outcome = newOutcome();
  const asking: Asking = { memories, asked, outcome };
  for (const event of events) {
    for (const rule of BURST_RULES) {
      if (rule.selects(event)) askBurst(rule, event, asking);
    }
    if (START_KINDS.has(event.kind)) askGuessed(event, asking);
    noteFirst(event, asking);
    const context = contextAt(event, asking);
    for (const rule of EVENT_RULES) askEventRule(rule, event, context, asking);
    learn(event, asking);
  }
  return outcome;
}
