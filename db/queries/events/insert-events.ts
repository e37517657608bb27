import type postgres from "postgres";
import { ingestSql } from "../../client";
import { scopeSettingsSql, type CompanyWriteScope } from "../../scope";
import type { WireEvent } from "@/lib/domain/events/wire";
import { isForeignKeyViolation } from "@/lib/errors";
import { pgArray, sparsePgArray } from "../pg-array";
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
  /** 32 hex digits; equal for what DOMAIN §3 calls the same event within a company and instant. */
  fingerprint: string;
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
    if (!isForeignKeyViolation(error, NAME_CONSTRAINTS)) throw error;
    forgetNameIds();
    return insertOnce(rows);
  }
}

const NAME_CONSTRAINTS = ["events_account_fk", "events_computer_fk"];

async function insertOnce(rows: readonly NewEvent[]): Promise<(InsertedEvent | null)[]> {
  const sql = await ingestSql().reserve();
  try {
    const settings = scopeSettingsSql([...new Set(rows.map((row) => row.scope.companyId))]);
    const begun = sql.unsafe(`begin; ${settings}`).execute();
    begun.catch(() => undefined); // awaited below, but perhaps after another failure
    const [accountIds, computerIds] = await resolveAll(sql, rows, begun);
    const order = rows.map((_, index) => index).sort((a, b) => compare(rows[a]!, rows[b]!) || a - b);
    const stored = insertAll(
      sql,
      order.map((index) => rows[index]!),
      accountIds,
      computerIds,
    ).execute();
    const committed = sql.unsafe("commit").execute();
    const [inserted] = await Promise.all([stored, committed, begun]);
    rememberNameIds("accounts", accountIds.fresh);
    rememberNameIds("computers", computerIds.fresh);
    return matchUp(rows, inserted, accountIds, computerIds);
  } catch (error) {
    await sql.unsafe("rollback").catch(() => undefined);
    throw error;
  } finally {
    sql.release();
  }
}

function compare(a: NewEvent, b: NewEvent): number {
  return a.scope.companyId - b.scope.companyId || a.event.occurredAt - b.event.occurredAt;
}

interface NameIds {
  fresh: ReadonlyMap<string, number>;
  of(row: NewEvent): number;
}

async function resolveAll(
  sql: postgres.ReservedSql,
  rows: readonly NewEvent[],
  begun: Promise<unknown>,
): Promise<[NameIds, NameIds]> {
  const accounts = missingNames("accounts", rows);
  const computers = missingNames("computers", rows);
  if (accounts.length + computers.length > 0) await begun;
  const freshAccounts =
    accounts.length > 0 ? await resolveNames(sql, "accounts", accounts) : new Map<string, number>();
  const freshComputers =
    computers.length > 0 ? await resolveNames(sql, "computers", computers) : new Map<string, number>();
  return [nameIds("accounts", freshAccounts), nameIds("computers", freshComputers)];
}

function nameOf(table: NameTable, row: NewEvent): SeenName {
  const { event } = row;
  const isAccount = table === "accounts";
  return {
    companyId: row.scope.companyId,
    name: isAccount ? event.userName : event.computerName,
    nameKey: isAccount ? event.userKey : event.computerKey,
    occurredAt: event.occurredAt,
  };
}

function missingNames(table: NameTable, rows: readonly NewEvent[]): SeenName[] {
  return rows
    .map((row) => nameOf(table, row))
    .filter((name) => cachedNameId(table, name.companyId, name.nameKey) === undefined);
}

function nameIds(table: NameTable, fresh: ReadonlyMap<string, number>): NameIds {
  return {
    fresh,
    of(row) {
      const { companyId, nameKey } = nameOf(table, row);
      const id = fresh.get(cacheKey(companyId, nameKey)) ?? cachedNameId(table, companyId, nameKey);
      if (id === undefined)
        throw new Error(`No id for a name in ${table}; the cache is smaller than one batch.`);
      return id;
    },
  };
}

interface StoredRow {
  company_id: number;
  id: string;
  fingerprint: string;
}

// oxlint-disable-next-line max-lines-per-function -- one statement, easier read whole
function insertAll(
  sql: postgres.ReservedSql,
  rows: readonly NewEvent[],
  accountIds: NameIds,
  computerIds: NameIds,
) {
  const events = rows.map((row) => row.event);
  // Kinds 1–3 start, 4–5 pause, 6 ends. What acts on the whole computer presence keeps as account 0 (7, sleep)
  // and -1 (8 and 9, shutdown and startup).
  return sql<StoredRow[]>`
    with sent as (
      select * from unnest(
        ${pgArray(rows.map((row) => row.scope.companyId))}::int[],
        ${pgArray(rows.map((row) => row.siteId))}::int[],
        ${pgArray(rows.map((row) => accountIds.of(row)))}::int[],
        ${pgArray(rows.map((row) => computerIds.of(row)))}::int[],
        ${pgArray(events.map((event) => event.kindCode))}::smallint[],
        ${pgArray(events.map((event) => event.isClockSkewed))}::boolean[],
        ${pgArray(events.map((event) => event.retry))}::smallint[],
        ${sparsePgArray(events.map((event) => event.logonType))}::smallint[],
        ${pgArray(events.map((event) => event.occurredAt))}::float8[],
        ${pgArray(rows.map((row) => row.fingerprint))}::uuid[],
        ${pgArray(events.map((event) => event.eventType))}::text[],
        ${sparsePgArray(events.map((event) => event.localIp))}::text[],
        ${sparsePgArray(events.map((event) => event.publicIp))}::text[],
        ${sparsePgArray(events.map((event) => event.sourceIp))}::text[],
        ${sparsePgArray(events.map((event) => event.agentEventId))}::text[],
        ${sparsePgArray(events.map((event) => event.status))}::text[],
        ${sparsePgArray(events.map((event) => event.subStatus))}::text[],
        ${sparsePgArray(events.map((event) => event.sessionId))}::text[],
        ${sparsePgArray(events.map((event) => event.agentVersion))}::text[]
      ) with ordinality as sent (company_id, site_id, account_id, computer_id, kind, is_clock_skewed, retry, logon_type,
        at, fingerprint, event_type, local_ip, public_ip, source_ip, agent_event_id, status, sub_status, session_id,
        agent_version, position)
    ), stored as (
      insert into events (company_id, site_id, account_id, computer_id, kind, is_clock_skewed, retry, logon_type,
        occurred_at, fingerprint, event_type, local_ip, public_ip, source_ip, agent_event_id, status, sub_status,
        session_id, agent_version)
      select company_id, site_id, account_id, computer_id, kind, is_clock_skewed, retry, logon_type,
        to_timestamp(at / 1000.0), fingerprint, event_type, local_ip, public_ip, source_ip, agent_event_id, status,
        sub_status, session_id, agent_version
      from sent order by position
      on conflict (company_id, occurred_at, fingerprint) do nothing
      returning company_id, id, fingerprint, site_id, account_id, computer_id, kind, occurred_at
    ), counted as (
      insert into event_counts (company_id, bucket_at, site_id, kind, count)
      select company_id, date_bin('15 minutes', occurred_at, timestamptz '2000-01-01 00:00Z'), site_id, kind, count(*)
      from stored group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (company_id, bucket_at, site_id, kind) do update set count = event_counts.count + excluded.count
    ), newest as (
      select distinct on (company_id, computer_id, who) company_id, computer_id, who, site_id, kind, occurred_at
      from (select *, case when kind >= 8 then -1 when kind = 7 then 0 else account_id end as who from stored where kind between 1 and 9) acting
      order by company_id, computer_id, who, occurred_at desc, id desc
    ), present as (
      insert into presence (company_id, computer_id, account_id, site_id, kind, at, since_at)
      select company_id, computer_id, who, site_id, kind, occurred_at, occurred_at
      from newest order by company_id, computer_id, who
      on conflict (company_id, computer_id, account_id) do update set
        kind = case when excluded.kind in (4, 5) and presence.kind = 6 then 6 else excluded.kind end,
        at = excluded.at,
        site_id = excluded.site_id,
        since_at = case when presence.kind = 6 then excluded.at else presence.since_at end
      where presence.at <= excluded.at
    )
    select company_id, id, fingerprint from stored`;
}

function matchUp(
  rows: readonly NewEvent[],
  inserted: readonly StoredRow[],
  accountIds: NameIds,
  computerIds: NameIds,
): (InsertedEvent | null)[] {
  const fresh = new Map(
    inserted.map((row) => [`${row.company_id}/${row.fingerprint.replaceAll("-", "")}`, row]),
  );
  return rows.map((row) => {
    const key = `${row.scope.companyId}/${row.fingerprint}`;
    const found = fresh.get(key);
    // The first of several alike takes the row; the others are its duplicates.
    if (!found || !fresh.delete(key)) return null;
    return {
      companyId: found.company_id,
      id: Number(found.id),
      accountId: accountIds.of(row),
      computerId: computerIds.of(row),
    };
  });
}
