import { localDateOf, type LocalDate } from "../zones";
import { memoryKey } from "./alert-draft";
import type { Run } from "./burst-memory";
import type { BatchContext } from "./event-rule";
import { remember, type Asking } from "./memories";
import type { RuleName, SeenEvent } from "./rule";

/** Alerts that a rule opens in a company on one of the company's days; it keeps the rest of that day back. */
export const MOST_A_DAY = 50;
/** The name that days are remembered by. */
export const THROTTLE = "throttle";

/** What is remembered of a rule's day; JSON. */
export interface DayMemory {
  opened: number;
  held: number;
}

export const throttleKey = (rule: string, day: LocalDate) => `${rule} ${day}`;

/** The day that is remembered for the event, by every rule that may open an alert at it. */
export function dayKeys(
  event: SeenEvent,
  { zone }: BatchContext,
  rules: readonly { name: RuleName }[],
): string[] {
  const day = localDateOf(event.at, zone);
  return rules.map(({ name }) => memoryKey(THROTTLE, throttleKey(name, day)));
}

/** Whether one more alert may be opened on the day. Counts it in either case. */
export function mayOpenOn(day: DayMemory): boolean {
  if (day.opened < MOST_A_DAY) {
    day.opened += 1;
    return true;
  }
  day.held += 1;
  return false;
}

/** Whether the rule may open an alert at the event. Counts it in either case: on the day on which the event happened. */
export function mayOpen(rule: RuleName, event: SeenEvent, asking: Asking): boolean {
  const day = throttleKey(rule, localDateOf(event.at, asking.asked.context.zone));
  const memory = remember(asking, THROTTLE, day, (): DayMemory => ({ opened: 0, held: 0 }));
  if (mayOpenOn(memory)) return true;
  const { heldBack } = asking.outcome;
  heldBack.set(day, (heldBack.get(day) ?? 0) + 1);
  return false;
}

/** Whether a run is reported. Decided when a report is first due, and final. */
export function isLetThrough(
  rule: RuleName,
  run: Pick<Run, "isHeld">,
  event: SeenEvent,
  asking: Asking,
): boolean {
  run.isHeld ??= !mayOpen(rule, event, asking);
  return !run.isHeld;
}
