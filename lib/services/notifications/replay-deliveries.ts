import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findDelivery, reviveDeliveries } from "@/db/queries/notifications/deliveries";
import { findChannel } from "@/db/queries/notifications/channels";
import { writeWithin } from "@/db/scope";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import { assertMayManage } from "./authority";
import { channelAudit } from "./channel-audit";
import { putDeliveries } from "./make-messages";

/** Which: one delivery, whatever became of it, or all of a channel that failed within the last hours. */
type ReplayAsk = { deliveryId: number } | { channelId: number; hours: number };

/**
 * Sends deliveries again under their old ids, with the whole schedule before them; gives how many.
 *
 * @throws AccessDenied; AppError `not_found`; `conflict` while the channel is disabled.
 */
export async function replay(context: CompanyContext, asked: ReplayAsk): Promise<{ count: number }> {
  assertMayManage(context);
  const { scope } = context;
  const ask =
    "deliveryId" in asked
      ? asked
      : { channelId: asked.channelId, since: new Date(Date.now() - asked.hours * 3_600_000) };
  return writeWithin(scope, async (tx) => {
    const channelId =
      "channelId" in ask ? ask.channelId : (await findDelivery(tx, scope, ask.deliveryId))?.channelId;
    const channel = channelId === undefined ? null : await findChannel(tx, scope, channelId);
    if (!channel) throw new AppError("not_found", { key: "errors.gone" });
    if (channel.disabledAt) throw new AppError("conflict", { key: "notificationErrors.disabled" });
    const ids = await reviveDeliveries(tx, scope, ask);
    await putDeliveries(tx, scope, channel, ids, new Date());
    const audit = channelAudit(context, "notification.replay", channel);
    if (ids.length > 0) await insertAuditRow(tx, { ...audit, after: { deliveries: ids.length, ...ask } });
    return { count: ids.length };
  });
}
