import { publicUrl } from "@/lib/public-url";
import { seal, unseal } from "@/lib/secret-box";

/** One address of one mail channel. */
export interface ChannelSubscriber {
  kind: "channel";
  /** The portal's number for its own channels. */
  companyId: number;
  channelId: number;
  address: string;
}

/** One recipient of one scheduled report. */
export interface ReportSubscriber {
  kind: "report";
  companyId: number;
  scheduleId: number;
  /** null for an address that is not a member's. */
  userId: number | null;
  address: string;
}

export type MailSubscriber = ChannelSubscriber | ReportSubscriber;

/** What a link ends, in the words of its page. */
export interface MailSubscription {
  address: string;
  /** The channel's name, or the report's. */
  name: string;
  /** null for the portal's own. */
  company: string | null;
  isSubscribed: boolean;
}

type ChannelToken = [companyId: number, channelId: number, address: string];
type ReportToken = ["report", companyId: number, scheduleId: number, userId: number | null, address: string];

/**
 * Where to unsubscribe without a sign-in: a page for people, and what a mail program posts to (RFC 8058).
 * Both carry proof that we made them. null while the public address is not set.
 */
export function unsubscribeUrls(subscriber: MailSubscriber): { page: string; oneClick: string } | null {
  const base = publicUrl();
  if (base === null) return null;
  const sealed = seal(JSON.stringify(tokenOf(subscriber)), "unsubscribe");
  const query = new URLSearchParams({ token: sealed.toString("base64url") });
  return { page: `${base}/unsubscribe?${query}`, oneClick: `${base}/api/unsubscribe?${query}` };
}

/** The headers by which mail programs offer to unsubscribe (RFC 2369, RFC 8058). `list` names the list among ours. */
export function unsubscribeHeaders(urls: { oneClick: string } | null, list: string): Record<string, string> {
  if (!urls) return {};
  return {
    "List-Id": `<${list}.${new URL(urls.oneClick).hostname}>`,
    "List-Unsubscribe": `<${urls.oneClick}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

/** Whom a link is about; null when we did not make it. */
export function openUnsubscribeToken(token: string): MailSubscriber | null {
  try {
    const text = unseal(Buffer.from(token, "base64url"), "unsubscribe");
    const parts = JSON.parse(text) as ChannelToken | ReportToken;
    if (parts[0] === "report") {
      const [, companyId, scheduleId, userId, address] = parts as ReportToken;
      return { kind: "report", companyId, scheduleId, userId, address };
    }
    const [companyId, channelId, address] = parts as ChannelToken;
    return { kind: "channel", companyId, channelId, address };
  } catch {
    return null;
  }
}

function tokenOf(subscriber: MailSubscriber): ChannelToken | ReportToken {
  const { companyId, address } = subscriber;
  return subscriber.kind === "report"
    ? ["report", companyId, subscriber.scheduleId, subscriber.userId, address]
    : [companyId, subscriber.channelId, address];
}
