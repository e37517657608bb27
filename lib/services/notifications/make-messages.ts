import { randomUUID } from "node:crypto";
import type { Transaction } from "@/db/client";
import {
  finishEntry,
  putEntries,
  putEntry,
  putOffEntry,
  type QueueName,
  type TakenEntry,
} from "@/db/queries/global/queue";
import { lockChannel, updateChannel, type ChannelRow } from "@/db/queries/notifications/channels";
import { bringForward, insertDelivery } from "@/db/queries/notifications/deliveries";
import {
  correctTold,
  findOldestStillSo,
  findWaiting,
  groupReminder,
  groupWaiting,
  type GroupedCount,
} from "@/db/queries/notifications/items";
import { writeWithin, type CompanyWriteScope } from "@/db/scope";
import { planGroup, REMINDER_MS, type GroupRules } from "@/lib/domain/notifications/grouping";
import type { MessageReason } from "@/lib/domain/notifications/message";
import { quietUntil } from "@/lib/domain/notifications/quiet-hours";
import { isAhead } from "@/lib/domain/operations/clock-ahead";
import type { QueueHandler } from "../queue/queue-handler";
import { groupRulesOf, readOwner } from "./group-rules";
import { messageKey, scopeOfNumber } from "./route-notifications";

/** Puts what waits for a channel into its next message, and what is still so into a reminder. */
export const messageMaker: QueueHandler = {
  queue: "messages",
  concurrency: 2,
  mostPerCompany: 1,
  leaseSeconds: 30,
  run: async (entry) => {
    const scope = scopeOfNumber(entry.companyId);
    await writeWithin(scope, (tx) => makeMessages(tx, scope, entry, Date.now()));
  },
};

async function makeMessages(
  tx: Transaction,
  scope: CompanyWriteScope,
  entry: TakenEntry,
  now: number,
): Promise<void> {
  const channel = await lockChannel(tx, scope, Number(entry.key));
  const owner = channel && !channel.disabledAt ? await readOwner(tx, scope) : null;
  if (!channel || !owner) return finishEntry(tx, entry);
  const rules = groupRulesOf(channel, owner.zone);
  const turn = { tx, scope, channel, rules, now };
  if (channel.lastMessageAt && isAhead(channel.lastMessageAt.getTime(), now)) {
    await correctTold(tx, scope, channel.id, new Date(now));
  }
  await tellNews(turn);
  await remind(turn);
  const nextAt = await nextMessageAt(turn);
  await (nextAt === null ? finishEntry(tx, entry) : putOffEntry(tx, entry, new Date(nextAt)));
}

/** What a channel's messages are made from. */
interface Turn {
  tx: Transaction;
  scope: CompanyWriteScope;
  channel: ChannelRow;
  rules: GroupRules;
  now: number;
}

/** `channel.lastMessageAt` is kept up to date in place. */
async function tellNews(turn: Turn): Promise<void> {
  const { tx, scope, channel, now } = turn;
  const plan = await planOf(turn);
  if (!plan || plan.at > now) return;
  const groupId = randomUUID();
  const told = await groupWaiting(tx, scope, channel.id, { groupId, takes: plan.takes, now: new Date(now) });
  if (told.count === 0) return;
  channel.lastMessageAt = new Date(now);
  await updateChannel(tx, scope, channel.id, { lastMessageAt: channel.lastMessageAt });
  await addDeliveries(tx, scope, channel, "news", { groupId, told, now });
}

async function planOf({ tx, scope, channel, rules, now }: Turn) {
  const waiting = await findWaiting(tx, scope, channel.id);
  return planGroup({ ...waiting, lastMessageAt: channel.lastMessageAt?.getTime() ?? null }, rules, now);
}

async function remind(turn: Turn): Promise<void> {
  const { tx, scope, channel, now } = turn;
  const at = await reminderAt(turn);
  if (at === null || at > now) return;
  const groupId = randomUUID();
  const toldBefore = new Date(now - REMINDER_MS);
  const told = await groupReminder(tx, scope, channel.id, { groupId, toldBefore, now: new Date(now) });
  if (told.count > 0) await addDeliveries(tx, scope, channel, "reminder", { groupId, told, now });
}

/** Reminders, which tell nothing new, keep to quiet hours whatever they are about. */
async function reminderAt({ tx, scope, channel, rules, now }: Turn): Promise<number | null> {
  const { quiet, zone, pausedUntil } = rules;
  const oldest = await findOldestStillSo(tx, scope, channel.id);
  if (oldest === null) return null;
  const at = Math.max(oldest + REMINDER_MS, pausedUntil ?? 0);
  return quietUntil(Math.max(at, now), quiet, zone) ?? at;
}

async function nextMessageAt(turn: Turn): Promise<number | null> {
  const plan = await planOf(turn);
  const reminder = await reminderAt(turn);
  const times = [plan?.at ?? null, reminder].filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** One delivery, or for a mail channel one per address, so that each is attempted and reported separately. */
export async function addDeliveries(
  tx: Transaction,
  scope: CompanyWriteScope,
  channel: Pick<ChannelRow, "id" | "type" | "addresses">,
  reason: MessageReason,
  { groupId, told, now }: { groupId: string; told: GroupedCount; now: number },
): Promise<number[]> {
  const severity = told.isCritical ? "critical" : told.hasWarning ? "warning" : "info";
  const made: number[] = [];
  for (const address of channel.type === "mail" ? channel.addresses : [null]) {
    const id = await insertDelivery(tx, scope, {
      channelId: channel.id,
      groupId,
      address,
      reason,
      severity,
      notificationCount: told.count,
      nextAttemptAt: new Date(now),
    });
    made.push(id);
  }
  await putDeliveries(tx, scope, channel, made, new Date(now));
  return made;
}

/** Makes messages now, and attempts at the instant what waits longer: once the channel holds back less than before. */
export async function replan(
  tx: Transaction,
  scope: CompanyWriteScope,
  channel: Pick<ChannelRow, "id" | "type">,
  at: Date,
): Promise<void> {
  await putDeliveries(tx, scope, channel, await bringForward(tx, scope, channel.id, at), at);
  await putEntry(tx, messageKey(scope.companyId, channel.id), new Date());
}

/** Mail waits apart: a mail server that hangs must not hold up what goes over HTTP. */
export function deliveryQueueOf({ type }: Pick<ChannelRow, "type">): QueueName {
  return type === "mail" ? "mail-deliveries" : "deliveries";
}

/** Puts deliveries of a channel into their queue, or moves those that are there. */
export function putDeliveries(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  channel: Pick<ChannelRow, "type">,
  deliveryIds: readonly number[],
  at: Date,
): Promise<void> {
  return putEntries(tx, { companyId, queue: deliveryQueueOf(channel) }, deliveryIds.map(String), at);
}
