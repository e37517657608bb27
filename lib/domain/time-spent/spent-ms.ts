import type { StretchKind } from "./stretch-machine";

/** Times in whole milliseconds, to be added up exactly. */
export interface SpentMs {
  activeMs: number;
  lockedMs: number;
  uncertainMs: number;
}

export const NOTHING_SPENT: Readonly<SpentMs> = { activeMs: 0, lockedMs: 0, uncertainMs: 0 };

/**
 * A new sum. Sums with more members are literals as well: V8 allocates each number that is added to an object made by
 * spreading, which takes half the time of a report over a year.
 */
export function nothingSpent(): SpentMs {
  return { activeMs: 0, lockedMs: 0, uncertainMs: 0 };
}

export function addSpent(sum: SpentMs, more: SpentMs): void {
  sum.activeMs += more.activeMs;
  sum.lockedMs += more.lockedMs;
  sum.uncertainMs += more.uncertainMs;
}

export function addKind(sum: SpentMs, kind: StretchKind, milliseconds: number): void {
  if (kind === "active") sum.activeMs += milliseconds;
  else if (kind === "locked") sum.lockedMs += milliseconds;
  else sum.uncertainMs += milliseconds;
}
