import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope, CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";
import { companiesSql, companySql, sameCompanySql } from "../../scope-sql";
import type { EventDetail, EventReference, EventRow } from "@/lib/domain/events/event-row";
import { kindFromCode } from "@/lib/domain/events/kinds";
import { instantSql } from "./event-match";
import { eventColumns, nameJoinsSql, toEventRow, type Stored, type StoredEventRow } from "./event-rows";

/** Everything stored of one event; null when it is not there, or of a company outside the scope. */
export async function readEvent(
  tx: Transaction,
  scope: CompanyScope,
  event: EventReference,
): Promise<EventDetail | null> {
  const [row] = await tx.execute<Stored<EventDetail>>(sql`
    select ${eventColumns}, coalesce(e.retry, 0) as retry, e.agent_event_id as "agentEventId",
      e.session_id as "sessionId", e.agent_version as "agentVersion"
    from events e ${nameJoinsSql(scope)}
    where e.company_id = ${event.companyId} and ${companySql(scope, "e.company_id")}
      and e.occurred_at = ${instantSql(event.occurredAt)} and e.id = ${event.id}`);
  return row ? { ...row, kind: kindFromCode(row.kind) } : null;
}

/** Those of the events that are still kept, of whatever time, by time and then order received. */
export async function listEventsById(
  tx: Transaction,
  scope: CompanyWriteScope,
  ids: readonly number[],
): Promise<EventRow[]> {
  const rows = await tx.execute<StoredEventRow>(sql`
    select ${eventColumns} from events e ${nameJoinsSql(scope)}
    where e.company_id = ${scope.companyId} and e.id = any(${pgArray(ids)}::bigint[])
    order by e.occurred_at, e.id`);
  return rows.map(toEventRow);
}

/** Whether any event of the scope is stored, of whatever time. */
export async function hasAnyEvent(tx: Transaction, scope: CompanyScope): Promise<boolean> {
  const [row] = await tx.execute<{ has_any: boolean }>(sql`
    select exists (select 1 from ${companiesSql(scope)}
      cross join lateral (select 1 from events e where ${sameCompanySql(scope, "e.company_id", "s.company_id")} limit 1) e) as has_any`);
  return row!.has_any;
}
