import { START_KINDS } from "../events/kinds";
import { newAccountMemory, takeStart, type AccountMemory } from "./account-memory";
import { accountKey, memoryKey } from "./alert-draft";
import type { BatchContext, RuleContext } from "./event-rule";
import { remember, type Asking } from "./memories";
import type { SeenEvent } from "./rule";

/** The name of what rules together remember. */
export const HABITS = "habits";
const COMPANY = "company";
const COMPANY_KEY = memoryKey(HABITS, COMPANY);

const DAY = 86_400_000;
/** Rules that learn are quiet for so long after a company's first event. */
export const LEARNING_DAYS = 14;
/** How far habits go back. An event that was older when it arrived begins no learning period. */
export const HABIT_DAYS = 90;

/** What is remembered of a company as a whole; JSON. */
export interface CompanyMemory {
  /** When the earliest event happened, epoch milliseconds. */
  firstAt: number | null;
}

/** What rules together remember, of whom the event concerns. */
export function habitKeys(event: SeenEvent, _context: BatchContext): string[] {
  const keys = [COMPANY_KEY];
  if (START_KINDS.has(event.kind)) keys.push(memoryKey(HABITS, accountKey(event.accountId)));
  return keys;
}

/** When the learning period of a company ends, epoch milliseconds; Infinity before its first event. */
export function learnUntil(memory: CompanyMemory | undefined): number {
  return memory?.firstAt == null ? Infinity : memory.firstAt + LEARNING_DAYS * DAY;
}

/** What rules may know of an event before it is learned from. */
export function contextAt(event: SeenEvent, { memories, asked }: Asking): RuleContext {
  const account = memories.get(memoryKey(HABITS, accountKey(event.accountId)));
  return {
    ...asked.context,
    learnUntil: learnUntil(memories.get(COMPANY_KEY) as CompanyMemory | undefined),
    account: (account as AccountMemory | undefined) ?? newAccountMemory(),
  };
}

/** Notes when the company's first event happened. */
export function noteFirst(event: SeenEvent, asking: Asking): void {
  const known = asking.memories.get(COMPANY_KEY) as CompanyMemory | undefined;
  if (known?.firstAt != null && known.firstAt <= event.at) return;
  if (event.receivedAt - event.at > HABIT_DAYS * DAY) return;
  remember(asking, HABITS, COMPANY, (): CompanyMemory => ({ firstAt: null })).firstAt = event.at;
}

/** Learns from the event, once every rule has judged it. */
export function learn(event: SeenEvent, asking: Asking): void {
  if (!START_KINDS.has(event.kind)) return;
  takeStart(remember(asking, HABITS, accountKey(event.accountId), newAccountMemory), event);
}
