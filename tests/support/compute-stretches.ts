import {
  clippingMachine,
  countedRange,
  firstRelevantAt,
  inOrder,
  openEnd,
  type Stretch,
  type TimeSpentEvent,
  type TimeSpentRange,
} from "@/lib/domain/time-spent/compute-stretches";

/** The stretches of a range, clipped to it, by start and then account and computer. Events may come in any order. */
export function computeStretches(events: readonly TimeSpentEvent[], asked: TimeSpentRange): Stretch[] {
  const range = countedRange(asked);
  const stretches: Stretch[] = [];
  const machine = clippingMachine(range, (stretch) => stretches.push(stretch));
  const first = firstRelevantAt(range);
  for (const { accountId, computerId, kindCode, at, order } of inOrder(events)) {
    if (at >= first && at < range.to) machine.accept(accountId, computerId, kindCode, at, order);
  }
  machine.close(openEnd(range));
  return stretches.sort(
    (a, b) => a.from - b.from || a.accountId - b.accountId || a.computerId - b.computerId,
  );
}
