import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { updateChannel, type ChannelRow } from "@/db/queries/notifications/channels";
import { PORTAL_ID, type CompanyWriteScope } from "@/db/scope";
import { operatorActor } from "../audit/actor";
import { channelAudit } from "./channel-audit";
import { notify } from "./notify";

/** Disables a channel that no longer works, and notifies the other channels. `reason` is the end of a sentence. */
export async function disableChannel(
  tx: Transaction,
  scope: CompanyWriteScope,
  channel: Pick<ChannelRow, "id" | "name">,
  reason: string,
): Promise<void> {
  await updateChannel(tx, scope, channel.id, { disabledAt: new Date(), disabledReason: reason });
  const context = { audit: operatorActor("scheduled job"), scope };
  await insertAuditRow(tx, { ...channelAudit(context, "channel.disable", channel), after: { reason } });
  const kind = scope.companyId === PORTAL_ID ? "portal.channel-disabled" : "channel.disabled";
  await notify(tx, scope, kind, { channelId: channel.id, channel: channel.name, reason });
}
