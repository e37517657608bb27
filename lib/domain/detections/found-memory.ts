import { newBurstMemory, takeFinding, type BurstMemory, type Run } from "./burst-memory";
import type { Finding } from "./finding";
import type { SeenEvent } from "./rule";

/** Subjects with alerts under way that one memory holds, whatever anybody sends. */
const MOST_SUBJECTS = 200;

/** Alerts under way of rules that judge event by event, by rule and subject; JSON. */
export type FoundMemory = Record<string, BurstMemory>;

/** Takes a finding about the subject into its alerts: the run that it opened or joined. */
export function takeFound(
  found: FoundMemory,
  name: string,
  groupMinutes: number,
  event: SeenEvent,
  finding: Finding,
): { run: Run; absorbed: readonly number[] } {
  const own = (found[name] ??= newBurstMemory());
  const step = takeFinding(own, groupMinutes, event, finding);
  const names = Object.keys(found);
  if (names.length > MOST_SUBJECTS) {
    const lastOf = (one: string) =>
      Math.max(0, ...found[one]!.runs.map(({ lastReceivedAt }) => lastReceivedAt));
    const quietest = names.filter((one) => one !== name).reduce((a, b) => (lastOf(b) < lastOf(a) ? b : a));
    delete found[quietest];
  }
  return step;
}
