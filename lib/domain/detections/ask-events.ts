import { alertName, draftOf, memoryKey, subjectKeyOf } from "./alert-draft";
import { dropAbsorbed } from "./ask-bursts";
import type { BatchContext, EventRule, RuleContext } from "./event-rule";
import { isExcepted } from "./exception";
import type { Finding } from "./finding";
import { takeFound, type FoundMemory } from "./found-memory";
import { remember, type Asking } from "./memories";
import type { SeenEvent } from "./rule";
import { isLetThrough } from "./throttle";

/** The name that alerts under way are remembered by, of rules without a memory of their own. */
export const FOUND = "found";

/** What is stored of a rule with a memory of its own: that, and its alerts under way. */
interface Kept {
  memory: unknown;
  found?: FoundMemory;
}

/** The memory that the rule needs to judge and report the event; null if it ignores the event. */
export function eventRuleKey(rule: EventRule, event: SeenEvent, context: BatchContext): string | null {
  if (!rule.kinds.has(event.kind) || (rule.learns && !context.learnsHabits)) return null;
  if (!rule.memory) return memoryKey(FOUND, subjectKeyOf(rule, event));
  const key = rule.memory.keyOf(event, context);
  return key === null ? null : memoryKey(rule.name, key);
}

/** Has the rule judge the event; what it finds opens an alert or joins one of its subject that goes on. */
export function askEventRule(rule: EventRule, event: SeenEvent, context: RuleContext, asking: Asking): void {
  if (!rule.kinds.has(event.kind) || (rule.learns && !context.learnsHabits)) return;
  const { values } = asking.asked.settings[rule.name];
  if (!rule.memory) {
    const finding = rule.take(undefined, values, event, context);
    // Most events lead to no alert and no change of memory.
    const found = () => remember(asking, FOUND, subjectKeyOf(rule, event), (): FoundMemory => ({}));
    if (isTold(rule, event, finding, context)) tell(rule, event, finding, found(), asking);
    return;
  }
  const key = rule.memory.keyOf(event, context);
  if (key === null) return;
  const kept = remember(asking, rule.name, key, (): Kept => ({ memory: rule.memory!.create() }));
  const finding = rule.take(kept.memory, values, event, context);
  if (isTold(rule, event, finding, context)) tell(rule, event, finding, (kept.found ??= {}), asking);
}

function isTold(
  { learns }: EventRule,
  { at }: SeenEvent,
  finding: Finding | null,
  { learnUntil }: RuleContext,
): finding is Finding {
  return finding !== null && !(learns && at < learnUntil);
}

function tell(rule: EventRule, event: SeenEvent, finding: Finding, found: FoundMemory, asking: Asking): void {
  const { asked, outcome } = asking;
  const about: SeenEvent = { ...event, ...finding.about };
  if (isExcepted(asked.exceptions, rule.name, about)) return;
  const subjectKey = subjectKeyOf(rule, about);
  const name = `${rule.name} ${subjectKey}`;
  const { run, absorbed } = takeFound(found, name, rule.groupMinutes, about, finding);
  if (!asked.settings[rule.name].isOn) return;
  if (isLetThrough(rule.name, run, event, asking)) {
    const bounds = { threshold: run.threshold ?? 1, windowMinutes: rule.groupMinutes };
    const draft = draftOf(rule, about, run, bounds);
    outcome.alerts.set(alertName(rule.name, subjectKey, draft.key), draft);
  }
  dropAbsorbed(outcome, rule.name, subjectKey, absorbed);
}
