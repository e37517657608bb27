import { inOrder, type TimeSpentEvent } from "./compute-stretches";
import type { TimeSpentNames, TimeSpentOptions, TimeSpentDayRow } from "./time-spent-row";
import { TimeSpentTally } from "./time-spent-tally";

/**
 * The Time Spent report of one company: newest day first, then account, then computer.
 *
 * Events may come in any order and reach beyond the range; those from {@link firstRelevantAt} to its end count.
 * Feed a {@link TimeSpentTally} instead when they come ordered from the database and are too many to hold.
 */
export function computeTimeSpent(
  events: readonly TimeSpentEvent[],
  options: TimeSpentOptions,
  names: TimeSpentNames,
): TimeSpentDayRow[] {
  const tally = new TimeSpentTally(options);
  for (const { accountId, computerId, kindCode, at } of inOrder(events))
    tally.add(accountId, computerId, kindCode, at);
  return tally.finish(names);
}
