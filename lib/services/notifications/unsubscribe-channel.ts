import { findChannel, lockChannel } from "@/db/queries/notifications/channels";
import { readWithin, writeWithin } from "@/db/scope";
import type { AuditActor } from "../audit/actor";
import type { ChannelSubscriber, MailSubscription } from "../mail/unsubscribe-links";
import { readOwner } from "./group-rules";
import { leaveAddresses } from "./leave-addresses";
import { scopeOfNumber } from "./route-notifications";

/** null when the channel is gone. */
export function readChannelSubscription(subscriber: ChannelSubscriber): Promise<MailSubscription | null> {
  const { channelId, address } = subscriber;
  const scope = scopeOfNumber(subscriber.companyId);
  return readWithin(scope, async (tx) => {
    const channel = await findChannel(tx, scope, channelId);
    const owner = channel && (await readOwner(tx, scope));
    if (!channel || !owner) return null;
    const isSubscribed = channel.addresses.includes(address);
    return { address, name: channel.name, company: owner.company?.name ?? null, isSubscribed };
  });
}

/** Takes the address out of its channel; a channel that loses its last one is disabled, and others are told. */
export async function leaveChannel(subscriber: ChannelSubscriber, audit: AuditActor): Promise<void> {
  const { channelId, address } = subscriber;
  const scope = scopeOfNumber(subscriber.companyId);
  await writeWithin(scope, async (tx) => {
    const channel = await lockChannel(tx, scope, channelId);
    if (!channel?.addresses.includes(address)) return;
    await leaveAddresses(tx, { audit, scope }, channel, {
      action: "channel.unsubscribe",
      addresses: channel.addresses.filter((one) => one !== address),
      reason: "its last address has unsubscribed",
    });
  });
}
