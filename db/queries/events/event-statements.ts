import type postgres from "postgres";
import { storedAddresses } from "@/lib/domain/events/ipv4";
import { ACTING_KINDS } from "@/lib/domain/events/kinds";
import { storedEventType } from "@/lib/domain/events/usual-types";
import type { WireEvent } from "@/lib/domain/events/wire";
import { LATE_AFTER_MS } from "@/lib/domain/time-spent/stored-days";
import { kindText, presenceAccountText } from "../kind-sql";
import { pgArray, sparsePgArray } from "../pg-array";
import { quarterText } from "../quarter";
import { mergePresenceText, PRESENCE_EFFECTS, PRESENCE_FACTS, type PresenceEffect } from "./presence-facts";
import type { Fragment } from "./tenant-rows";

/** An event with the ids of its names. */
export interface SentEvent {
  companyId: number;
  siteId: number;
  accountId: number;
  computerId: number;
  event: WireEvent;
  fingerprint: string;
  receivedAt?: number | undefined;
}

/** The events as a relation, numbered by `position`; with the ids that they are to have, if these were taken before. */
export function sentSql(sql: postgres.ReservedSql, sent: readonly SentEvent[], ids?: readonly number[]) {
  const events = sent.map(({ event }) => event);
  const [localIps, publicIps] = [
    storedAddresses(events.map((event) => event.localIp)),
    storedAddresses(events.map((event) => event.publicIp)),
  ];
  return sql`
    select * from unnest(
      ${pgArray(sent.map((row) => row.companyId))}::int[],
      ${pgArray(sent.map((row) => row.siteId))}::int[],
      ${pgArray(sent.map((row) => row.accountId))}::int[],
      ${pgArray(sent.map((row) => row.computerId))}::int[],
      ${pgArray(events.map((event) => event.kindCode))}::smallint[],
      ${pgArray(events.map((event) => event.isClockSkewed))}::boolean[],
      ${sparsePgArray(events.map((event) => event.retry || null))}::smallint[],
      ${sparsePgArray(events.map((event) => event.logonType))}::smallint[],
      ${pgArray(events.map((event) => event.occurredAt))}::float8[],
      ${pgArray(sent.map((row) => row.fingerprint))}::uuid[],
      ${sparsePgArray(events.map((event) => storedEventType(event.kindCode, event.eventType)))}::text[],
      ${sparsePgArray(localIps.texts)}::text[],
      ${sparsePgArray(publicIps.texts)}::text[],
      ${sparsePgArray(events.map((event) => event.sourceIp))}::text[],
      ${sparsePgArray(events.map((event) => event.agentEventId))}::text[],
      ${sparsePgArray(events.map((event) => event.status))}::text[],
      ${sparsePgArray(events.map((event) => event.subStatus))}::text[],
      ${sparsePgArray(events.map((event) => event.sessionId))}::text[],
      ${sparsePgArray(events.map((event) => event.agentVersion))}::text[],
      ${sparsePgArray(localIps.packed)}::int[],
      ${sparsePgArray(publicIps.packed)}::int[],
      ${sparsePgArray(sent.map((row) => row.receivedAt ?? null))}::float8[]
      ${ids ? sql`, ${pgArray(ids)}::bigint[]` : sql``}
    ) with ordinality as sent (company_id, site_id, account_id, computer_id, kind, is_clock_skewed, retry, logon_type,
      at, fingerprint, event_type, local_ip, public_ip, source_ip, agent_event_id, status, sub_status, session_id,
      agent_version, local_ipv4, public_ipv4, received, ${ids ? sql`id,` : sql``} position)`;
}

/** Stores sent events that are not there yet; `id` names their ids as a column, if they have them. */
export function storingSql(sql: postgres.ReservedSql, sent: Fragment, id = sql``) {
  return sql`
    insert into events (company_id, ${id} site_id, account_id, computer_id, kind, is_clock_skewed, retry, logon_type,
      occurred_at, fingerprint, event_type, local_ip, public_ip, source_ip, agent_event_id, status, sub_status,
      session_id, agent_version, local_ipv4, public_ipv4, received_at) overriding system value
    select t.company_id, ${id} site_id, account_id, computer_id, kind, is_clock_skewed, retry, logon_type,
      to_timestamp(at / 1000.0), fingerprint, event_type, local_ip, public_ip, source_ip, agent_event_id, status,
      sub_status, session_id, agent_version, local_ipv4, public_ipv4, coalesce(to_timestamp(received / 1000.0), now())
    from ${sent} order by position
    on conflict (company_id, occurred_at, fingerprint) do nothing`;
}

/** Counts stored events. */
export function countingSql(sql: postgres.ReservedSql, stored: Fragment) {
  return sql`
    insert into event_counts (company_id, bucket_at, site_id, kind, count)
    select t.company_id, ${sql.unsafe(quarterText("occurred_at"))}, site_id, kind, count(*)
    from ${stored} group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (company_id, bucket_at, site_id, kind) do update set count = event_counts.count + excluded.count`;
}

/** What stored events tell of who is on which computer, one row for each of both. */
export function newestSql(sql: postgres.ReservedSql, stored: Fragment) {
  // Ids are given out in storing order, so the greatest of a statement belongs to the newest event.
  const newestOf = (effect: PresenceEffect) => {
    const which = kindText("kind", PRESENCE_EFFECTS[effect]);
    return sql.unsafe(`max(occurred_at) filter (where ${which}) over seat as ${effect}_at,
        max(id) filter (where ${which}) over seat as ${effect}_id`);
  };
  return sql`
    select distinct on (company_id, computer_id, who) company_id, computer_id, who, site_id, kind, occurred_at,
      min(occurred_at) over seat as first_at, ${newestOf("start")}, ${newestOf("end")}, ${newestOf("pause")}
    from (
      select *, ${sql.unsafe(presenceAccountText)} as who from ${stored} where ${sql.unsafe(kindText("kind", ACTING_KINDS))}
    ) acting
    window seat as (partition by company_id, computer_id, who)
    order by company_id, computer_id, who, occurred_at desc, id desc`;
}

/** Merges what `newestSql` tells with what was known. */
export function presentingSql(sql: postgres.ReservedSql, newest: Fragment) {
  return sql`
    insert into presence (company_id, computer_id, account_id, site_id, kind, at, first_at, ${sql.unsafe(PRESENCE_FACTS)})
    select t.company_id, computer_id, who, site_id, kind, occurred_at, first_at, ${sql.unsafe(PRESENCE_FACTS)}
    from ${newest} order by t.company_id, computer_id, who
    on conflict (company_id, computer_id, account_id) do update set ${sql.unsafe(mergePresenceText)}`;
}

/** Events so late that their day's time may be stored are noted beside them. Most statements hold none. */
export function holdsLate(events: readonly SentEvent[]): boolean {
  const lateBefore = Date.now() - LATE_AFTER_MS;
  return events.some(({ event }) => event.occurredAt < lateBefore);
}

/** The notes of stored events, with ids of their own. */
export function lateSql(sql: postgres.ReservedSql, stored: Fragment) {
  return sql`
    select *, nextval('time_spent_late_id_seq') as id from (
      select company_id, computer_id, min(occurred_at) as at from ${stored}
      where occurred_at < to_timestamp(${Date.now() - LATE_AFTER_MS}::float8 / 1000.0)
        and ${sql.unsafe(kindText("kind", ACTING_KINDS))}
      group by 1, 2
    ) first`;
}

/** Keeps the notes of `lateSql`. */
export function notingSql(sql: postgres.ReservedSql, late: Fragment) {
  return sql`
    insert into time_spent_late (company_id, id, computer_id, at) overriding system value
    select t.company_id, id, computer_id, at from ${late}`;
}
