import { sql, type SQL } from "drizzle-orm";
import { sameCompanySql, type Companies } from "../../scope-sql";
import type { Transaction } from "../../client";
import { eventTypeSql } from "../kind-sql";
import { localIpSql, publicIpSql } from "./address-sql";
import { kindFromCode } from "@/lib/domain/events/kinds";
import type { EventRow } from "@/lib/domain/events/event-row";

export interface StoredEventRow extends Record<string, unknown> {
  company_id: number;
  id: string;
  occurred_ms: string;
  received_ms: string;
  kind: number;
  event_type: string;
  account_id: number;
  computer_id: number;
  site_id: number;
  user_name: string;
  computer_name: string;
  site_name: string;
  local_ip: string | null;
  public_ip: string | null;
  is_clock_skewed: boolean;
  logon_type: number | null;
  status: string | null;
  sub_status: string | null;
  source_ip: string | null;
}

/** What an EventRow is made of, for a query in which `e` is an event and nameJoinsSql follows. */
export const eventColumns = sql`e.company_id, e.id, extract(epoch from e.occurred_at) * 1000 as occurred_ms,
  extract(epoch from e.received_at) * 1000 as received_ms, e.kind, ${eventTypeSql} as event_type, e.account_id, e.computer_id, e.site_id,
  a.name as user_name, c.name as computer_name, s.name as site_name, ${localIpSql} as local_ip,
  ${publicIpSql} as public_ip, e.is_clock_skewed,
  e.logon_type, e.status, e.sub_status, e.source_ip`;

export const nameJoinsSql = (scope: Companies): SQL => sql`
  join accounts a on ${sameCompanySql(scope, "a.company_id", "e.company_id")} and a.id = e.account_id
  join computers c on ${sameCompanySql(scope, "c.company_id", "e.company_id")} and c.id = e.computer_id
  join sites s on s.company_id = e.company_id and s.id = e.site_id`;

export function toEventRow(row: StoredEventRow): EventRow {
  return {
    companyId: row.company_id,
    id: Number(row.id),
    occurredAt: Number(row.occurred_ms),
    receivedAt: Number(row.received_ms),
    kind: kindFromCode(row.kind),
    eventType: row.event_type,
    accountId: row.account_id,
    computerId: row.computer_id,
    siteId: row.site_id,
    userName: row.user_name,
    computerName: row.computer_name,
    siteName: row.site_name,
    localIp: row.local_ip,
    publicIp: row.public_ip,
    isClockSkewed: row.is_clock_skewed,
    logonType: row.logon_type,
    status: row.status,
    subStatus: row.sub_status,
    sourceIp: row.source_ip,
  };
}

/**
 * Reads what a list has found: `events` is a query for columns of `events`, `order` names them as those of `e`. So
 * whatever is made of the events, rows or text, is of the same ones in the same order.
 */
export type EventReader<Page extends { length: number }> = (
  tx: Transaction,
  events: SQL,
  page: { scope: Companies; order: SQL; limit: number },
) => Promise<Page>;

export const readEventRows: EventReader<EventRow[]> = async (tx, events, { scope, order, limit }) => {
  const rows = await tx.execute<StoredEventRow>(sql`
    select ${eventColumns} from (${events}) e ${nameJoinsSql(scope)} order by ${order} limit ${limit}`);
  return rows.map(toEventRow);
};
