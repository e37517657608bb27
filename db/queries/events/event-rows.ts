import { sql, type SQL } from "drizzle-orm";
import { sameCompanySql, type Companies } from "../../scope-sql";
import type { Transaction } from "../../client";
import { epoch } from "../column-sql";
import { eventTypeSql } from "../kind-sql";
import { localIpSql, publicIpSql } from "./address-sql";
import { kindFromCode } from "@/lib/domain/events/kinds";
import type { EventRow } from "@/lib/domain/events/event-row";
import type { LiveEvent } from "@/lib/domain/events/live-event";

/** An event as it is read, with the number of its kind. */
export type Stored<Event extends LiveEvent> = Omit<Event, "kind"> & { kind: number } & Record<
    string,
    unknown
  >;
export type StoredEventRow = Stored<EventRow>;

/** What a LiveEvent is made of, for a query in which `e` is an event and nameJoinsSql follows. */
export const liveColumns = sql`e.company_id as "companyId", e.id::float8 as id, ${epoch("e.occurred_at")} as "occurredAt",
  ${epoch("e.received_at")} as "receivedAt", e.kind, ${eventTypeSql} as "eventType", e.account_id as "accountId",
  e.computer_id as "computerId", a.name as "userName", c.name as "computerName", s.name as "siteName",
  ${localIpSql} as "localIp", ${publicIpSql} as "publicIp", e.is_clock_skewed as "isClockSkewed"`;

/** What an EventRow is made of, in such a query. */
export const eventColumns = sql`${liveColumns}, e.site_id as "siteId", e.logon_type as "logonType", e.status,
  e.sub_status as "subStatus", e.source_ip as "sourceIp"`;

export const nameJoinsSql = (scope: Companies): SQL => sql`
  join accounts a on ${sameCompanySql(scope, "a.company_id", "e.company_id")} and a.id = e.account_id
  join computers c on ${sameCompanySql(scope, "c.company_id", "e.company_id")} and c.id = e.computer_id
  join sites s on s.company_id = e.company_id and s.id = e.site_id`;

export const toEventRow = (row: StoredEventRow): EventRow => ({ ...row, kind: kindFromCode(row.kind) });

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
