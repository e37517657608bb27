import type { NoUserActor } from "@/lib/domain/audit-names";
import { AppError } from "@/lib/errors";
import { leaveChannel, readChannelSubscription } from "../notifications/unsubscribe-channel";
import { leaveReport, readReportSubscription } from "../schedules/unsubscribe-report";
import { openUnsubscribeToken, type MailSubscriber, type MailSubscription } from "./unsubscribe-links";

export type LinkedSubscription = MailSubscription & Pick<MailSubscriber, "kind">;

/** What a link ends; null when it is none of ours, or the channel or report is gone. */
export async function readMailSubscription(token: string): Promise<LinkedSubscription | null> {
  const subscriber = openUnsubscribeToken(token);
  if (!subscriber) return null;
  const found =
    subscriber.kind === "report"
      ? await readReportSubscription(subscriber)
      : await readChannelSubscription(subscriber);
  return found && { ...found, kind: subscriber.kind };
}

/**
 * Ends what the link is about for its address. A second time changes nothing. `from` is the client's address.
 * @throws AppError `not_found` for a link not ours.
 */
export async function unsubscribe(token: string, from: string | null): Promise<void> {
  const subscriber = openUnsubscribeToken(token);
  if (!subscriber) throw new AppError("not_found", { key: "unsubscribe.deadLink" });
  const audit = { actorUserId: null, actorName: "unsubscribe link" satisfies NoUserActor, address: from };
  if (subscriber.kind === "report") await leaveReport(subscriber, audit);
  else await leaveChannel(subscriber, audit);
}
