import { findChannel, listSubscriptions } from "@/db/queries/notifications/channels";
import { listMatching, type MatchedNotification } from "@/db/queries/notifications/preview";
import { readWithin } from "@/db/scope";
import type { Severity } from "@/lib/domain/notifications/severity";
import { composeMessage, type ToldKind } from "@/lib/domain/notifications/message";
import { simulateMessages } from "@/lib/domain/notifications/simulate-messages";
import type { Reader } from "@/lib/domain/text";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import { assertMayManage } from "./authority";
import { readerOf } from "@/lib/texts";
import { groupRulesOf, readOwner } from "./group-rules";

const DAYS = 7;
const DAY_MS = 86_400_000;
const MOST = 10_000;
const SHOWN = 20;

export interface SubscriptionPreview {
  notificationCount: number;
  messageCount: number;
  /** True when there were more than are looked at. */
  isCapped: boolean;
  /** The newest messages, newest first; epoch milliseconds. */
  messages: { at: number; title: string; count: number }[];
}

/** What a subscription would have sent in the last seven days. @throws AccessDenied; AppError `not_found`. */
export async function previewSubscription(
  context: CompanyContext,
  { subscriptionId }: { subscriptionId: number },
): Promise<SubscriptionPreview> {
  assertMayManage(context);
  const { scope } = context;
  const since = new Date(Date.now() - DAYS * DAY_MS);
  return readWithin(scope, async (tx) => {
    const subscription = (await listSubscriptions(tx, scope)).find(({ id }) => id === subscriptionId);
    const channel = subscription && (await findChannel(tx, scope, subscription.channelId));
    const owner = await readOwner(tx, scope);
    if (!subscription || !channel || !owner) throw new AppError("not_found", { key: "errors.gone" });
    const found = await listMatching(tx, scope, subscription, since, MOST + 1);
    const past = found.slice(0, MOST).map((row) => ({ ...row, isCritical: row.severity === "critical" }));
    const rules = { ...groupRulesOf(channel, owner.zone), pausedUntil: null };
    const messages = simulateMessages(past, rules);
    const reader = readerOf(owner.locale, owner.zone);
    return {
      notificationCount: past.length,
      messageCount: messages.length,
      isCapped: found.length > MOST,
      messages: messages
        .slice(-SHOWN)
        .reverse()
        .map(({ at, notifications }) => ({
          at,
          count: notifications.length,
          title: titleOf(notifications, owner.company, reader),
        })),
    };
  });
}

function titleOf(
  notifications: readonly MatchedNotification[],
  company: { id: number; name: string } | null,
  reader: Reader,
): string {
  const kinds = new Map<string, ToldKind>();
  for (const { id, kind, severity, params, at } of notifications) {
    const known = kinds.get(kind);
    const told = { id, kind, severity: severity as Severity, params, at };
    kinds.set(kind, {
      kind,
      severity: severity as Severity,
      count: (known?.count ?? 0) + 1,
      first: [...(known?.first ?? []), told].slice(0, 20),
    });
  }
  const parts = { reason: "news", company, kinds: [...kinds.values()], url: null } as const;
  return composeMessage(parts, reader).title;
}
