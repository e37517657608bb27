import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import { epoch, equal } from "../column-sql";
import { behindSql, keysetOrderSql, type Keyset, type Placed } from "../fleet/keyset";
import type { DeliveryListRow, NotificationListRow } from "@/lib/domain/reports/notifications";

/** Newest first: numbers are given out in the order in which rows are written. */
export type ListPlace = Keyset["after"];

const newestFirst = (alias: string, after: ListPlace): Keyset => ({
  key: sql.raw(`${alias}.id`),
  type: "float8",
  isDescending: true,
  after,
});

export interface NotificationMatch {
  kind?: string | undefined;
  severity?: string | undefined;
  site?: number | undefined;
  account?: number | undefined;
  computer?: number | undefined;
  /** True for states that last, false for what has ended or was over at once. */
  isOpen?: boolean | undefined;
}

/** The scope's notifications, newest first. */
export async function listNotifications(
  tx: Transaction,
  scope: CompanyScope,
  match: NotificationMatch,
  after: ListPlace,
  limit: number,
): Promise<Placed<NotificationListRow>[]> {
  const keyset = newestFirst("n", after);
  const open = sql`(n.subject is not null and n.ended_at is null)`;
  const rows = await tx.execute<NotificationListRow & Record<string, unknown>>(sql`
    select n.company_id as "companyId", c.name as "companyName", n.id, n.kind, n.severity, n.params,
      n.site_id as "siteId", n.account_id as "accountId", n.computer_id as "computerId",
      ${epoch("n.created_at")} as "createdAt", ${epoch("n.ended_at")} as "endedAt", ${open} as "isOpen"
    from notifications n left join app_auth_companies c on c.id = n.company_id
    where ${companySql(scope, "n.company_id")} and ${behindSql(keyset, "n")}
      ${equal("n.kind", match.kind)} ${equal("n.severity", match.severity)} ${equal("n.site_id", match.site)}
      ${equal("n.account_id", match.account)} ${equal("n.computer_id", match.computer)}
      ${match.isOpen === undefined ? sql`` : match.isOpen ? sql`and ${open}` : sql`and not ${open}`}
    order by ${keysetOrderSql(keyset, "n")} limit ${limit}`);
  return rows.map((row) => ({ row, sortKey: row.id }));
}

export interface DeliveryMatch {
  channel?: number | undefined;
  state?: string | undefined;
  reason?: string | undefined;
}

/** The scope's deliveries, newest first. */
export async function listDeliveries(
  tx: Transaction,
  scope: CompanyScope,
  match: DeliveryMatch,
  after: ListPlace,
  limit: number,
): Promise<Placed<DeliveryListRow>[]> {
  const keyset = newestFirst("d", after);
  const rows = await tx.execute<DeliveryListRow & Record<string, unknown>>(sql`
    select d.company_id as "companyId", c.name as "companyName", d.id, d.message_id as "messageId",
      d.channel_id as "channelId", h.name as "channelName", h.type as "channelType",
      coalesce(d.address, h.url_origin) as target, d.reason, d.state, d.severity,
      d.notification_count as "notificationCount", d.attempt_count as "attemptCount",
      ${epoch("d.created_at")} as "createdAt", ${epoch("d.next_attempt_at")} as "nextAttemptAt",
      ${epoch("d.finished_at")} as "finishedAt", d.last_status as "lastStatus", d.last_note as "lastNote"
    from notification_deliveries d
    join notification_channels h on h.company_id = d.company_id and h.id = d.channel_id
    left join app_auth_companies c on c.id = d.company_id
    where ${companySql(scope, "d.company_id")} and ${behindSql(keyset, "d")}
      ${equal("d.channel_id", match.channel)} ${equal("d.state", match.state)} ${equal("d.reason", match.reason)}
    order by ${keysetOrderSql(keyset, "d")} limit ${limit}`);
  return rows.map((row) => ({ row, sortKey: row.id }));
}
