import { findChannel, lockChannel } from "@/db/queries/notifications/channels";
import { readWithin, writeWithin } from "@/db/scope";
import { AppError } from "@/lib/errors";
import { publicUrl } from "@/lib/public-url";
import { seal, unseal } from "@/lib/secret-box";
import { readOwner } from "./group-rules";
import { leaveAddresses } from "./leave-addresses";
import { scopeOfNumber } from "./route-notifications";

/** One address of one mail channel. */
export interface MailSubscriber {
  /** The portal's number for its own channels. */
  companyId: number;
  channelId: number;
  address: string;
}

/**
 * Where an address can be taken out of its channel, without a sign-in: a page for people, and what a mail program
 * posts to (RFC 8058). Both carry proof that we made them. null while the public address is not set.
 */
export function unsubscribeUrls(subscriber: MailSubscriber): { page: string; oneClick: string } | null {
  const base = publicUrl();
  if (base === null) return null;
  const { companyId, channelId, address } = subscriber;
  const sealed = seal(JSON.stringify([companyId, channelId, address]), "unsubscribe");
  const query = new URLSearchParams({ token: sealed.toString("base64url") });
  return { page: `${base}/unsubscribe?${query}`, oneClick: `${base}/api/unsubscribe?${query}` };
}

/** Whom a link is about; null when we did not make it. */
function openToken(token: string): MailSubscriber | null {
  try {
    const [companyId, channelId, address] = JSON.parse(
      unseal(Buffer.from(token, "base64url"), "unsubscribe"),
    ) as [number, number, string];
    return { companyId, channelId, address };
  } catch {
    return null;
  }
}

export interface MailSubscription {
  address: string;
  channel: string;
  /** null for the portal's own. */
  company: string | null;
  isSubscribed: boolean;
}

/** What a link ends; null when it is none of ours or the channel is gone. */
export async function readMailSubscription(token: string): Promise<MailSubscription | null> {
  const subscriber = openToken(token);
  if (!subscriber) return null;
  const { address } = subscriber;
  const scope = scopeOfNumber(subscriber.companyId);
  return readWithin(scope, async (tx) => {
    const channel = await findChannel(tx, scope, subscriber.channelId);
    const owner = channel && (await readOwner(tx, scope));
    if (!channel || !owner) return null;
    const isSubscribed = channel.addresses.includes(address);
    return { address, channel: channel.name, company: owner.company?.name ?? null, isSubscribed };
  });
}

/**
 * Takes the link's address out of its channel; a channel that loses its last one is disabled, and others are told. A
 * second time changes nothing. `from` is the client's address. @throws AppError `not_found` for a link not ours.
 */
export async function unsubscribe(token: string, from: string | null): Promise<void> {
  const subscriber = openToken(token);
  if (!subscriber) throw new AppError("not_found", "This link does not work.");
  const { channelId, address } = subscriber;
  const scope = scopeOfNumber(subscriber.companyId);
  await writeWithin(scope, async (tx) => {
    const channel = await lockChannel(tx, scope, channelId);
    if (!channel?.addresses.includes(address)) return;
    const addresses = channel.addresses.filter((one) => one !== address);
    const audit = { actorUserId: null, actorName: "unsubscribe link", address: from };
    await leaveAddresses(tx, { audit, scope }, channel, {
      action: "channel.unsubscribe",
      addresses,
      reason: "its last address has unsubscribed",
    });
  });
}
