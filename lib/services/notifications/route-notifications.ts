import { database, type Transaction } from "@/db/client";
import { lockChannelsOf, pickUnrouted, routePicked } from "@/db/queries/global/route-notifications";
import { putEntry } from "@/db/queries/global/queue";
import { findChannel } from "@/db/queries/notifications/channels";
import { findWaiting } from "@/db/queries/notifications/items";
import { operatorScope, portalScope, PORTAL_ID } from "@/db/scope";
import { planGroup } from "@/lib/domain/notifications/grouping";
import type { QueueFeeder } from "../queue/queue-handler";
import { groupRulesOf, readOwner } from "./group-rules";

const AT_ONCE = 1_000;

/** Finds the channels that want what was newly written, and has their next message made when it is due. */
export const notificationRouter: QueueFeeder = { everyMilliseconds: 0, feed: routeNotifications };

/** Routes up to a thousand notifications; true when there may be more. */
export function routeNotifications(): Promise<boolean> {
  return database().transaction(async (tx) => {
    const picked = await pickUnrouted(tx, AT_ONCE);
    if (picked.length === 0) return false;
    // Making a channel's message locks the channel too, so none is made between the two steps below.
    await lockChannelsOf(
      tx,
      picked.map(({ companyId }) => companyId),
    );
    for (const { companyId, channelId } of await routePicked(tx, picked)) {
      await scheduleMessage(tx, companyId, channelId);
    }
    return picked.length === AT_ONCE;
  });
}

/** The scope of a stored company number, which may be the portal's. */
export function scopeOfNumber(companyId: number) {
  return companyId === PORTAL_ID ? portalScope() : operatorScope(companyId);
}

async function scheduleMessage(tx: Transaction, companyId: number, channelId: number): Promise<void> {
  const scope = scopeOfNumber(companyId);
  const [channel, waiting, owner] = await Promise.all([
    findChannel(tx, scope, channelId),
    findWaiting(tx, scope, channelId),
    readOwner(tx, scope),
  ]);
  if (!channel || !owner) return;
  const lastMessageAt = channel.lastMessageAt?.getTime() ?? null;
  const plan = planGroup({ ...waiting, lastMessageAt }, groupRulesOf(channel, owner.zone), Date.now());
  // What is planned already may be a reminder that is due sooner.
  if (plan) await putEntry(tx, messageKey(companyId, channelId), new Date(plan.at), { onlySooner: true });
}

export const messageKey = (companyId: number, channelId: number) => ({
  companyId,
  queue: "messages" as const,
  key: String(channelId),
});
