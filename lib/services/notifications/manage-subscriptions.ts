import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import {
  countSubscriptions,
  deleteSubscriptionRow,
  findChannel,
  insertSubscription,
  lockChannel,
} from "@/db/queries/notifications/channels";
import { countOwned } from "@/db/queries/notifications/owned";
import { PORTAL_ID, writeWithin } from "@/db/scope";
import type { SubscriptionInput } from "@/lib/domain/notifications/channel";
import { findKind } from "@/lib/domain/notifications/kinds";
import type { Text } from "@/lib/domain/text";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import { assertMayManage } from "./authority";
import { channelAudit } from "./channel-audit";

/** Of a channel: every notification of the company is matched with each of them. */
const MOST_SUBSCRIPTIONS = 100;

/**
 * Sends kinds of notifications to a channel from now on.
 *
 * @throws AccessDenied; AppError `not_found` for a channel, site, account or computer of another company, `invalid`
 * for a kind that is not told there, `conflict` when the channel has all that it may have.
 */
export async function createSubscription(
  context: CompanyContext,
  { channelId, ...wanted }: SubscriptionInput,
): Promise<{ id: number }> {
  assertMayManage(context);
  const { scope, actor } = context;
  assertToldHere(scope.companyId, wanted.kinds);
  return writeWithin(scope, async (tx) => {
    const channel = await lockChannel(tx, scope, channelId);
    if (!channel) throw new AppError("not_found", { key: "errors.gone" });
    if ((await countSubscriptions(tx, scope, channelId)) >= MOST_SUBSCRIPTIONS) {
      const values = { max: MOST_SUBSCRIPTIONS };
      throw new AppError("conflict", { key: "notificationErrors.tooManySubscriptions", values });
    }
    await assertOwn(tx, context, wanted);
    const createdByUserId = actor.userId || null;
    const id = await insertSubscription(tx, scope, { channelId, ...wanted, createdByUserId });
    const audit = channelAudit(context, "subscription.create", channel);
    await insertAuditRow(tx, { ...audit, after: { subscription: id, ...wanted } });
    return { id };
  });
}

function assertToldHere(companyId: number, kinds: readonly string[]): void {
  const audience = companyId === PORTAL_ID ? "portal" : "company";
  const wrong = kinds.filter((name) => findKind(name)?.audience !== audience);
  if (wrong.length === 0) return;
  const values = { kinds: wrong.join(", ") };
  const message: Text =
    audience === "portal"
      ? { key: "notificationErrors.kindsNotOfPortal", values }
      : { key: "notificationErrors.kindsNotOfCompany", values };
  throw new AppError("invalid", message, [{ field: "kinds", message }]);
}

async function assertOwn(
  tx: Transaction,
  { scope }: CompanyContext,
  { siteIds, accountIds, computerIds }: Pick<SubscriptionInput, "siteIds" | "accountIds" | "computerIds">,
): Promise<void> {
  const asked = { sites: siteIds, accounts: accountIds, computers: computerIds };
  for (const [table, ids] of Object.entries(asked) as [keyof typeof asked, number[]][]) {
    const unique = [...new Set(ids)];
    if ((await countOwned(tx, scope, table, unique)) < unique.length) {
      throw new AppError("not_found", { key: "errors.gone" });
    }
  }
}

/** @throws AccessDenied; AppError `not_found`. */
export async function deleteSubscription(
  context: CompanyContext,
  { subscriptionId }: { subscriptionId: number },
): Promise<void> {
  assertMayManage(context);
  const { scope } = context;
  await writeWithin(scope, async (tx) => {
    const row = await deleteSubscriptionRow(tx, scope, subscriptionId);
    const channel = row && (await findChannel(tx, scope, row.channelId));
    if (!row || !channel) throw new AppError("not_found", { key: "errors.gone" });
    const audit = channelAudit(context, "subscription.delete", channel);
    await insertAuditRow(tx, { ...audit, before: { subscription: row.id, kinds: row.kinds } });
  });
}
