import type postgres from "postgres";
import { ingestSql } from "../../client";
import { isDatabaseDistributed } from "../../distribute";
import { scopeSettings, sendTogether, type CompanyWriteScope } from "../../scope";
import { storedAddresses } from "@/lib/domain/events/ipv4";
import { ACTING_KINDS } from "@/lib/domain/events/kinds";
import { storedEventType } from "@/lib/domain/events/usual-types";
import type { WireEvent } from "@/lib/domain/events/wire";
import { LATE_AFTER_MS } from "@/lib/domain/time-spent/stored-days";
import { isForeignKeyViolation } from "@/lib/errors";
import { kindText, presenceAccountText } from "../kind-sql";
import { pgArray, sparsePgArray } from "../pg-array";
import { assertNoneErased, ErasedAccount } from "./erased-accounts";
import { mergePresenceText, PRESENCE_EFFECTS, PRESENCE_FACTS, type PresenceEffect } from "./presence-facts";
import { tenantRows, type TenantRows } from "./tenant-rows";
import {
  cachedNameId,
  cacheKey,
  forgetNameIds,
  rememberNameIds,
  resolveNames,
  type NameTable,
  type SeenName,
} from "./names";

export interface NewEvent {
  scope: CompanyWriteScope;
  siteId: number;
  event: WireEvent;
  /** 32 hex digits; equal for what section 3 of docs/domain.md calls the same event within a company and instant. */
  fingerprint: string;
  /** Epoch milliseconds, for events brought over from elsewhere; the moment of storing when absent. */
  receivedAt?: number;
}

export interface InsertedEvent {
  companyId: number;
  id: number;
  accountId: number;
  computerId: number;
}

/**
 * Stores events of any number of companies in one transaction, with the counts and presence they change.
 *
 * The answer is parallel to the input: the stored row, or null where the event was there already (also
 * earlier in the same call). Rows go in by company and time, ties in the order given.
 *
 * @throws the driver's error; nothing is stored then.
 */
export async function insertEvents(rows: readonly NewEvent[]): Promise<(InsertedEvent | null)[]> {
  try {
    return await insertOnce(rows);
  } catch (error) {
    // A purge or an erasure, perhaps on another server, has removed names whose ids are cached here.
    if (!isForeignKeyViolation(error, NAME_CONSTRAINTS) && !(error instanceof ErasedAccount)) throw error;
    forgetNameIds();
    return insertOnce(rows);
  }
}

const NAME_CONSTRAINTS = ["events_account_fk", "events_computer_fk"];

async function insertOnce(rows: readonly NewEvent[]): Promise<(InsertedEvent | null)[]> {
  const isDistributed = await isDatabaseDistributed();
  const sql = await ingestSql().reserve();
  try {
    const begun = sendTogether(sql, ["begin", ...scopeSettings(companiesOf(rows))], isDistributed);
    begun.catch(() => undefined); // awaited below, but perhaps after another failure
    const sorted = inStoringOrder(rows);
    const tenants = tenantRows(sql, companiesOf(rows), isDistributed);
    const accounts = await resolveIds(sql, "accounts", sorted, begun, tenants);
    const computers = await resolveIds(sql, "computers", sorted, begun, tenants);
    const stored = insertAll(sql, sorted, accounts.ids, computers.ids, tenants).execute();
    if (isDistributed) await assertNoneErased(sql, stored, companiesOf(rows), accounts.ids);
    const committed = sql.unsafe("commit").execute();
    const [[outcome]] = await Promise.all([stored, committed, begun]);
    rememberNameIds("accounts", accounts.fresh);
    rememberNameIds("computers", computers.fresh);
    return matchUp(rows, sorted, outcome!, accounts.ids, computers.ids);
  } catch (error) {
    await sql.unsafe("rollback").catch(() => undefined);
    throw error;
  } finally {
    sql.release();
  }
}

function companiesOf(rows: readonly NewEvent[]): number[] {
  const ids = new Set<number>();
  for (const row of rows) ids.add(row.scope.companyId);
  return [...ids];
}

/** The rows with their places in what was given, by company and time, ties in the order given. */
type SortedRow = NewEvent & { place: number };

function inStoringOrder(rows: readonly NewEvent[]): SortedRow[] {
  const sorted = rows.map(({ scope, siteId, event, fingerprint, receivedAt }, place) => ({
    scope,
    siteId,
    event,
    fingerprint,
    receivedAt,
    place,
  }));
  return sorted.sort(
    (a, b) =>
      a.scope.companyId - b.scope.companyId || a.event.occurredAt - b.event.occurredAt || a.place - b.place,
  );
}

interface ResolvedIds {
  /** Parallel to the rows. */
  ids: number[];
  /** Those not cached yet, to be remembered once they are committed. */
  fresh: ReadonlyMap<string, number>;
}

const NONE_FRESH: ReadonlyMap<string, number> = new Map();

async function resolveIds(
  sql: postgres.ReservedSql,
  table: NameTable,
  rows: readonly NewEvent[],
  begun: Promise<unknown>,
  tenants: TenantRows,
): Promise<ResolvedIds> {
  const cached = rows.map((row) => cachedNameId(table, row.scope.companyId, keyOf(table, row)));
  const isComplete = (ids: (number | undefined)[]): ids is number[] => !ids.includes(undefined);
  if (isComplete(cached)) return { ids: cached, fresh: NONE_FRESH };
  await begun;
  const missing = rows.filter((_, index) => cached[index] === undefined);
  const fresh = await resolveNames(
    sql,
    table,
    missing.map((row) => seenName(table, row)),
    tenants,
  );
  const ids = rows.map(
    (row, index) => cached[index] ?? fresh.get(cacheKey(row.scope.companyId, keyOf(table, row))),
  );
  if (!isComplete(ids)) throw new Error(`A name of ${table} was neither found nor made.`);
  return { ids, fresh };
}

function keyOf(table: NameTable, { event }: NewEvent): string {
  return table === "accounts" ? event.userKey : event.computerKey;
}

function seenName(table: NameTable, row: NewEvent): SeenName {
  return {
    companyId: row.scope.companyId,
    name: table === "accounts" ? row.event.userName : row.event.computerName,
    nameKey: keyOf(table, row),
    occurredAt: row.event.occurredAt,
  };
}

/** What the statement tells: ids in storing order, and whose they are when not every row was new. */
interface Outcome {
  ids: string | null;
  /** `company/fingerprint` of each id; null when every row was stored. */
  keys: string | null;
}

// oxlint-disable-next-line max-lines-per-function -- one statement, easier read whole
function insertAll(
  sql: postgres.ReservedSql,
  rows: readonly NewEvent[],
  accountIds: readonly number[],
  computerIds: readonly number[],
  tenants: TenantRows,
) {
  const events = rows.map((row) => row.event);
  const [localIps, publicIps] = [
    storedAddresses(events.map((event) => event.localIp)),
    storedAddresses(events.map((event) => event.publicIp)),
  ];
  // A worker takes no ids from the coordinator's sequence, so on Citus the rows bring theirs. Who takes an id has a
  // transaction number there too, as the detection clock waits for it.
  const { isDistributed } = tenants;
  const [taken, numbered, id] = isDistributed
    ? [sql`, nextval('events_id_seq') as id`, sql`where pg_current_xact_id() is not null`, sql`id,`]
    : [sql``, sql``, sql``];
  // Ids are given out in storing order, so the greatest of a statement belongs to the newest event.
  const newestOf = (effect: PresenceEffect) => {
    const which = kindText("kind", PRESENCE_EFFECTS[effect]);
    return sql.unsafe(`max(occurred_at) filter (where ${which}) over seat as ${effect}_at,
        max(id) filter (where ${which}) over seat as ${effect}_id`);
  };
  return sql<Outcome[]>`
    with sent as (
      select *${taken} from unnest(
        ${pgArray(rows.map((row) => row.scope.companyId))}::int[],
        ${pgArray(rows.map((row) => row.siteId))}::int[],
        ${pgArray(accountIds)}::int[],
        ${pgArray(computerIds)}::int[],
        ${pgArray(events.map((event) => event.kindCode))}::smallint[],
        ${pgArray(events.map((event) => event.isClockSkewed))}::boolean[],
        ${sparsePgArray(events.map((event) => event.retry || null))}::smallint[],
        ${sparsePgArray(events.map((event) => event.logonType))}::smallint[],
        ${pgArray(events.map((event) => event.occurredAt))}::float8[],
        ${pgArray(rows.map((row) => row.fingerprint))}::uuid[],
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
        ${sparsePgArray(rows.map((row) => row.receivedAt ?? null))}::float8[]
      ) with ordinality as sent (company_id, site_id, account_id, computer_id, kind, is_clock_skewed, retry, logon_type,
        at, fingerprint, event_type, local_ip, public_ip, source_ip, agent_event_id, status, sub_status, session_id,
        agent_version, local_ipv4, public_ipv4, received, position)
      ${numbered}
    ), stored as (
      insert into events (company_id, ${id} site_id, account_id, computer_id, kind, is_clock_skewed, retry, logon_type,
        occurred_at, fingerprint, event_type, local_ip, public_ip, source_ip, agent_event_id, status, sub_status,
        session_id, agent_version, local_ipv4, public_ipv4, received_at) overriding system value
      select t.company_id, ${id} site_id, account_id, computer_id, kind, is_clock_skewed, retry, logon_type,
        to_timestamp(at / 1000.0), fingerprint, event_type, local_ip, public_ip, source_ip, agent_event_id, status,
        sub_status, session_id, agent_version, local_ipv4, public_ipv4, coalesce(to_timestamp(received / 1000.0), now())
      from ${tenants.from("sent")} order by position
      on conflict (company_id, occurred_at, fingerprint) do nothing
      returning company_id, id, fingerprint, site_id, account_id, computer_id, kind, occurred_at
    ), counted as (
      insert into event_counts (company_id, bucket_at, site_id, kind, count)
      select t.company_id, date_bin('15 minutes', occurred_at, timestamptz '2000-01-01 00:00Z'), site_id, kind, count(*)
      from ${tenants.from("stored")} group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (company_id, bucket_at, site_id, kind) do update set count = event_counts.count + excluded.count
    ), newest as (
      select distinct on (company_id, computer_id, who) company_id, computer_id, who, site_id, kind, occurred_at,
        min(occurred_at) over seat as first_at, ${newestOf("start")}, ${newestOf("end")}, ${newestOf("pause")}
      from (select *, ${sql.unsafe(presenceAccountText)} as who from stored where ${sql.unsafe(kindText("kind", ACTING_KINDS))}) acting
      window seat as (partition by company_id, computer_id, who)
      order by company_id, computer_id, who, occurred_at desc, id desc
    ), present as (
      insert into presence (company_id, computer_id, account_id, site_id, kind, at, first_at, ${sql.unsafe(PRESENCE_FACTS)})
      select t.company_id, computer_id, who, site_id, kind, occurred_at, first_at, ${sql.unsafe(PRESENCE_FACTS)}
      from ${tenants.from("newest")}
      order by t.company_id, computer_id, who
      on conflict (company_id, computer_id, account_id) do update set ${sql.unsafe(mergePresenceText)}
    )${lateNotes(sql, events, tenants)}
    select string_agg(id::text, ',' order by id) as ids,
      case when count(*) < ${rows.length}::int
        then (select string_agg(company_id || '/' || replace(fingerprint::text, '-', ''), ',' order by id) from stored)
      end as keys
    from stored`;
}

/** Events so late that their day's time may be stored are noted beside them. Most statements hold none. */
function lateNotes(sql: postgres.ReservedSql, events: readonly WireEvent[], tenants: TenantRows) {
  const lateBefore = Date.now() - LATE_AFTER_MS;
  if (!events.some(({ occurredAt }) => occurredAt < lateBefore)) return sql``;
  return sql`, late as materialized (
      select *, nextval('time_spent_late_id_seq') as id from (
        select company_id, computer_id, min(occurred_at) as at from stored
        where occurred_at < to_timestamp(${lateBefore}::float8 / 1000.0) and ${sql.unsafe(kindText("kind", ACTING_KINDS))}
        group by 1, 2
      ) first
    ), noted as (
      insert into time_spent_late (company_id, id, computer_id, at) overriding system value
      select t.company_id, id, computer_id, at from ${tenants.from("late")}
    )`;
}

function matchUp(
  rows: readonly NewEvent[],
  sorted: readonly SortedRow[],
  { ids, keys }: Outcome,
  accountIds: readonly number[],
  computerIds: readonly number[],
): (InsertedEvent | null)[] {
  const results: (InsertedEvent | null)[] = Array.from(rows, () => null);
  const storedIds = ids?.split(",") ?? [];
  // Ids are given out in storing order, so without duplicates they are parallel to the sorted rows.
  const unclaimed =
    keys === null ? null : new Map(keys.split(",").map((key, index) => [key, storedIds[index]!]));
  sorted.forEach(({ scope: { companyId }, fingerprint, place }, index) => {
    const id = unclaimed ? claim(unclaimed, `${companyId}/${fingerprint}`) : storedIds[index];
    if (id === undefined) return;
    const [accountId, computerId] = [accountIds[index]!, computerIds[index]!];
    results[place] = { companyId, id: Number(id), accountId, computerId };
  });
  return results;
}

/** The first of several alike takes the row; the others are its duplicates. */
function claim(unclaimed: Map<string, string>, key: string): string | undefined {
  const id = unclaimed.get(key);
  unclaimed.delete(key);
  return id;
}
