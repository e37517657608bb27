import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { updateChannel, type ChannelRow } from "@/db/queries/notifications/channels";
import type { CompanyContext } from "../context";
import { channelAudit } from "./channel-audit";
import { disableChannel } from "./disable-channel";

interface Left {
  /** Of the audit trail. */
  action: string;
  /** Those that stay. */
  addresses: string[];
  /** Why a channel is disabled that loses its last one: the end of a sentence. */
  reason: string;
}

/** Leaves a mail channel some of its addresses. One that loses its last is disabled, and others are told. */
export async function leaveAddresses(
  tx: Transaction,
  context: Pick<CompanyContext, "audit" | "scope">,
  channel: ChannelRow,
  { action, addresses, reason }: Left,
): Promise<void> {
  await updateChannel(tx, context.scope, channel.id, { addresses });
  await insertAuditRow(tx, {
    ...channelAudit(context, action, channel),
    before: { addresses: channel.addresses },
    after: { addresses },
  });
  if (addresses.length > 0 || channel.disabledAt) return;
  await disableChannel(tx, context.scope, channel, reason);
}
