import { WATCH_AGENTS } from "./fleet-memory";
import { COMPANY_KEY, HABITS } from "./learn";
import { EVENT_RULES } from "./rules";

/** Days that what bursts and alerts under way remember is kept after its last change: longer than any of them looks back. */
export const SHORT_KEPT_DAYS = 4;
/** Longer than an account may be away for its return to be told, and than any outage. */
const LONG_KEPT_DAYS = 1_100;

/** Kept for good: it rarely changes, and without it a company learns anew, with its rules quiet meanwhile. */
export const KEPT_FOREVER = COMPANY_KEY;

/** What is kept for other times, by the name it is remembered by. */
export const OTHER_KEPT_DAYS: ReadonlyMap<string, number> = new Map([
  [HABITS, LONG_KEPT_DAYS],
  // What was told of computers must not be told again after a long outage, nor what they lost in it be forgotten.
  [WATCH_AGENTS, LONG_KEPT_DAYS],
  ...EVENT_RULES.flatMap(({ name, memory }): [string, number][] =>
    memory ? [[name, Math.max(memory.keptDays, SHORT_KEPT_DAYS)]] : [],
  ),
]);
