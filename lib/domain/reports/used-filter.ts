import type { TextKey } from "../text";

/** Whether an account used a computer, or a computer was used: began, paused, or ended a session. */
export const USED_FILTERS = ["yes", "no"] as const;
export type UsedFilter = (typeof USED_FILTERS)[number];

export const USED_TEXT: Readonly<Record<UsedFilter, TextKey>> = { yes: "lists.yes", no: "lists.no" };

/** What is asked: within a range in epoch milliseconds, or ever without one. */
export interface AskedUse {
  isUsed: boolean;
  within: { from: number; to: number } | undefined;
}

export function askedUse(used: UsedFilter | undefined, within: AskedUse["within"]): AskedUse | undefined {
  return used && { isUsed: used === "yes", within };
}
