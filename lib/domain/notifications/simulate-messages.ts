import { planGroup, type GroupPlan, type GroupRules, type Waiting } from "./grouping";

/** A notification of the past: when it was told (epoch milliseconds) and whether it is critical. */
export interface PastNotification {
  at: number;
  isCritical: boolean;
}

/** Groups past notifications, oldest first, into the messages a channel of these rules would have made of them. */
export function simulateMessages<Past extends PastNotification>(
  past: readonly Past[],
  rules: GroupRules,
): { at: number; notifications: Past[] }[] {
  const messages: { at: number; notifications: Past[] }[] = [];
  let waiting: Past[] = [];
  let next = 0;
  let lastMessageAt: number | null = null;
  while (waiting.length > 0 || next < past.length) {
    if (waiting.length === 0) waiting.push(past[next++]!);
    const oldest = (isCritical: boolean) => waiting.find((one) => one.isCritical === isCritical)?.at ?? null;
    const state: Waiting = { oldestCriticalAt: oldest(true), oldestOtherAt: oldest(false), lastMessageAt };
    const plan: GroupPlan = planGroup(state, rules, Math.max(waiting.at(-1)!.at, lastMessageAt ?? 0))!;
    if (next < past.length && past[next]!.at <= plan.at) {
      waiting.push(past[next++]!);
      continue;
    }
    const isTaken = ({ isCritical }: Past) => plan.takes === "all" || isCritical;
    messages.push({ at: plan.at, notifications: waiting.filter(isTaken) });
    waiting = waiting.filter((one) => !isTaken(one));
    lastMessageAt = plan.at;
  }
  return messages;
}
