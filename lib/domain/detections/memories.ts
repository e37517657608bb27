import { memoryKey, type AlertDraft } from "./alert-draft";
import type { RuleException } from "./exception";
import type { BatchContext } from "./event-rule";
import type { AllSettings } from "./rules";

/** What the rules of a company remember, by {@link memoryKey}. JSON, so that it can be stored between batches. */
export type Memories = Map<string, unknown>;

export interface Outcome {
  /** Opened or grown, by their names; the last state of each. */
  alerts: Map<string, AlertDraft>;
  /** Names of alerts that turned out to be part of an earlier one. */
  absorbed: Set<string>;
  /** Keys of memories that changed. */
  changed: Set<string>;
  /** How many alerts were kept back because the rule had made too many, by rule and day: `password-spray 2026-03-10`. */
  heldBack: Map<string, number>;
}

export function newOutcome(): Outcome {
  return { alerts: new Map(), absorbed: new Set(), changed: new Set(), heldBack: new Map() };
}

/** Everything that decides, besides events and memories. */
export interface Asked {
  settings: AllSettings;
  exceptions: readonly RuleException[];
  context: BatchContext;
}

/** What events are asked with: the parts of one call. */
export interface Asking {
  memories: Memories;
  asked: Asked;
  outcome: Outcome;
}

/** The memory of a subject, created if missing. Callers take it in order to change it. */
export function remember<Memory>(
  { memories, outcome }: Asking,
  name: string,
  subjectKey: string,
  create: () => Memory,
): Memory {
  const key = memoryKey(name, subjectKey);
  outcome.changed.add(key);
  const known = memories.get(key) as Memory | undefined;
  if (known !== undefined) return known;
  const memory = create();
  memories.set(key, memory);
  return memory;
}
