import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import { isDatabaseDistributed } from "../../distribute";
import { writeWithinAll, type CompanyWriteScope } from "../../scope";
import { pgArray, sparsePgArray } from "../pg-array";
import { shardOf } from "./company-shards";
import { idsOfComputers } from "./computer-ids";

export interface KeyActivity {
  scope: CompanyWriteScope;
  apiKeyId: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  /** Requests refused because of the key itself. */
  refused: number;
  /** Epoch milliseconds; null when every request was refused. */
  lastUsedAt: number | null;
  /** The newest event or health check among these requests; null when there was none. */
  lastAgentAt: number | null;
}

export interface SeenAccount {
  scope: CompanyWriteScope;
  id: number;
  firstAt: number;
  lastAt: number;
}

export interface SeenComputer {
  scope: CompanyWriteScope;
  siteId: number;
  name: string;
  nameKey: string;
  firstAt: number;
  lastAt: number;
  healthAt: number | null;
  localIp: string | null;
  publicIp: string | null;
  agentVersion: string | null;
  /** When each of them was told, epoch milliseconds; `lastAt` when absent. */
  localIpAt?: number | undefined;
  publicIpAt?: number | undefined;
  agentVersionAt?: number | undefined;
  spoolLength: number | null;
  droppedFailures: number | null;
  droppedSessions: number | null;
  /** See the column: 0 is the "not ahead" of an event that came at once, null is no word about the clock. */
  clockSkewMs: number | null;
}

/**
 * Writes gathered key counts and last-seen times in one transaction, the rows of each shard in key order and the shards in
 * theirs, so that servers never deadlock.
 */
export async function flushActivity(
  keys: readonly KeyActivity[],
  accounts: readonly SeenAccount[],
  computers: readonly SeenComputer[],
): Promise<void> {
  const scopes = [...keys, ...accounts, ...computers].map((seen) => seen.scope);
  const [accountsByShard, computersByShard] = [await byShard(accounts), await byShard(computers)];
  await writeWithinAll(scopes, async (tx) => {
    // Don't wait for the disk: after a crash of the database, servers derive these times from the events again.
    await tx.execute(sql`select set_config('synchronous_commit', 'off', true)`);
    if (keys.length > 0)
      await writeKeys(
        tx,
        sorted(keys, (key) => key.apiKeyId),
      );
    for (const rows of accountsByShard)
      await writeAccounts(
        tx,
        sorted(rows, (account) => account.id),
      );
    for (const rows of computersByShard) await writeComputers(tx, rows);
  });
}

function sorted<T extends { scope: CompanyWriteScope }>(rows: readonly T[], id: (row: T) => number): T[] {
  return [...rows].sort((a, b) => a.scope.companyId - b.scope.companyId || id(a) - id(b));
}

const companyIds = (rows: readonly { scope: CompanyWriteScope }[]) =>
  pgArray(rows.map((row) => row.scope.companyId));

async function writeKeys(tx: Transaction, rows: readonly KeyActivity[]): Promise<void> {
  const ids = pgArray(rows.map((row) => row.apiKeyId));
  await tx.execute(sql`
    insert into api_key_usage (company_id, api_key_id, day, accepted_count, duplicate_count, rejected_count,
      refused_count)
    select used.company_id, used.id, (now() at time zone 'UTC')::date, accepted, duplicate, rejected, refused
    from unnest(${companyIds(rows)}::int[], ${ids}::int[], ${pgArray(rows.map((row) => row.accepted))}::bigint[],
      ${pgArray(rows.map((row) => row.duplicate))}::bigint[], ${pgArray(rows.map((row) => row.rejected))}::bigint[],
      ${pgArray(rows.map((row) => row.refused))}::bigint[])
      as used (company_id, id, accepted, duplicate, rejected, refused)
    join app_auth_api_keys k on k.company_id = used.company_id and k.id = used.id
    order by 1, 2
    on conflict (company_id, api_key_id, day) do update set
      accepted_count = api_key_usage.accepted_count + excluded.accepted_count,
      duplicate_count = api_key_usage.duplicate_count + excluded.duplicate_count,
      rejected_count = api_key_usage.rejected_count + excluded.rejected_count,
      refused_count = api_key_usage.refused_count + excluded.refused_count`);
  await tx.execute(sql`
    update app_auth_api_keys k set last_used = greatest(k.last_used, to_timestamp(used.at / 1000.0)),
      last_agent_at = greatest(k.last_agent_at, to_timestamp(used.agent_at / 1000.0))
    from unnest(${companyIds(rows)}::int[], ${ids}::int[], ${sparsePgArray(rows.map((row) => row.lastUsedAt))}::float8[],
      ${sparsePgArray(rows.map((row) => row.lastAgentAt))}::float8[]) as used (company_id, id, at, agent_at)
    where k.company_id = used.company_id and k.id = used.id`);
}

/**
 * The rows of each shard of a Citus cluster, in the shards' order: a statement for several shards carries all of its rows
 * to each of them. Elsewhere all rows are together.
 */
async function byShard<Row extends { scope: CompanyWriteScope }>(rows: readonly Row[]): Promise<Row[][]> {
  const shards = new Map<number, Row[]>();
  for (const row of rows) {
    const shard = await shardOf(row.scope.companyId);
    const known = shards.get(shard);
    if (known) known.push(row);
    else shards.set(shard, [row]);
  }
  return [...shards].sort(([a], [b]) => a - b).map(([, alike]) => alike);
}

/** Names the companies where Citus would ask the shards of all; elsewhere it says nothing. */
async function ofTheirShards(column: SQL, rows: readonly { scope: CompanyWriteScope }[]): Promise<SQL> {
  return (await isDatabaseDistributed()) ? sql`and ${column} = any(${companyIds(rows)}::int[])` : sql``;
}

async function writeAccounts(tx: Transaction, rows: readonly SeenAccount[]): Promise<void> {
  await tx.execute(sql`
    update accounts a set
      first_seen_at = least(a.first_seen_at, to_timestamp(seen.first_at / 1000.0)),
      last_seen_at = greatest(a.last_seen_at, to_timestamp(seen.last_at / 1000.0))
    from unnest(${companyIds(rows)}::int[], ${pgArray(rows.map((row) => row.id))}::int[],
      ${pgArray(rows.map((row) => row.firstAt))}::float8[], ${pgArray(rows.map((row) => row.lastAt))}::float8[])
      as seen (company_id, id, first_at, last_at)
    where a.company_id = seen.company_id and a.id = seen.id ${await ofTheirShards(sql`a.company_id`, rows)}`);
}

/** What was told last, by the time of the event or health check; of two at the same instant what arrives later. */
function keepLatest(column: string, atColumn: string): SQL {
  const isLatest = `excluded.${column} is not null
        and (computers.${atColumn} is null or excluded.${atColumn} >= computers.${atColumn})`;
  return sql.raw(`${column} = case when ${isLatest} then excluded.${column} else computers.${column} end,
      ${atColumn} = greatest(computers.${atColumn}, excluded.${atColumn})`);
}

/**
 * Whether an event that is not ahead (0) leaves the stored clock error as it is. An error behind stays: the event may have
 * waited. So does one ahead when the event is older than the last health check, or happened after it if the error lasts,
 * and thus may have waited for a connection as long as that error hides. A day after the last health check that ends.
 */
const SINCE_HEALTH = "extract(epoch from excluded.last_seen_at - computers.last_health_at) * 1000";
const KEEPS_CLOCK_ERROR = sql.raw(`(computers.clock_skew_ms < 0 or ${SINCE_HEALTH} < 0
          or (${SINCE_HEALTH} > computers.clock_skew_ms and ${SINCE_HEALTH} < ${24 * 3_600_000}))`);

/** A health check makes its computer. Events have made theirs; where it is gone, a purge has deleted both meanwhile. */
// oxlint-disable-next-line max-lines-per-function -- one statement, easier read whole
async function writeComputers(tx: Transaction, unsorted: readonly SeenComputer[]): Promise<void> {
  const rows = [...unsorted].sort(
    (a, b) => a.scope.companyId - b.scope.companyId || (a.nameKey < b.nameKey ? -1 : 1),
  );
  const toldAt = (
    value: (row: SeenComputer) => string | null,
    at: (row: SeenComputer) => number | undefined,
  ) => sparsePgArray(rows.map((row) => (value(row) === null ? null : (at(row) ?? row.lastAt))));
  // Without them each row would use an id up, also that of a computer which is there: thirty million a day.
  const ids = await idsOfComputers(tx, rows);
  await tx.execute(sql`
    insert into computers (company_id, id, site_id, name, name_key, first_seen_at, last_seen_at, last_health_at,
      last_local_ip, last_public_ip, agent_version, local_ip_at, public_ip_at, agent_version_at, spool_length,
      dropped_failures, dropped_sessions, clock_skew_ms)
    select t.company_id, id, site_id, name, name_key, to_timestamp(first_at / 1000.0), to_timestamp(last_at / 1000.0),
      to_timestamp(health_at / 1000.0), local_ip, public_ip, agent_version, to_timestamp(local_ip_at / 1000.0),
      to_timestamp(public_ip_at / 1000.0), to_timestamp(agent_version_at / 1000.0), spool_length, dropped_failures,
      dropped_sessions, clock_skew_ms
    from unnest(${companyIds(rows)}::int[], ${pgArray(ids)}::int[], ${pgArray(rows.map((row) => row.siteId))}::int[],
      ${pgArray(rows.map((row) => row.name))}::text[], ${pgArray(rows.map((row) => row.nameKey))}::text[],
      ${pgArray(rows.map((row) => row.firstAt))}::float8[], ${pgArray(rows.map((row) => row.lastAt))}::float8[],
      ${sparsePgArray(rows.map((row) => row.healthAt))}::float8[], ${sparsePgArray(rows.map((row) => row.localIp))}::text[],
      ${sparsePgArray(rows.map((row) => row.publicIp))}::text[], ${sparsePgArray(rows.map((row) => row.agentVersion))}::text[],
      ${toldAt(
        (row) => row.localIp,
        (row) => row.localIpAt,
      )}::float8[],
      ${toldAt(
        (row) => row.publicIp,
        (row) => row.publicIpAt,
      )}::float8[],
      ${toldAt(
        (row) => row.agentVersion,
        (row) => row.agentVersionAt,
      )}::float8[],
      ${sparsePgArray(rows.map((row) => row.spoolLength))}::int[], ${sparsePgArray(rows.map((row) => row.droppedFailures))}::bigint[],
      ${sparsePgArray(rows.map((row) => row.droppedSessions))}::bigint[], ${sparsePgArray(rows.map((row) => row.clockSkewMs))}::bigint[])
      as seen (company_id, id, site_id, name, name_key, first_at, last_at, health_at, local_ip, public_ip, agent_version,
        local_ip_at, public_ip_at, agent_version_at, spool_length, dropped_failures, dropped_sessions, clock_skew_ms)
    join tenants t on t.company_id = seen.company_id
    where (health_at is not null or exists (
        select 1 from computers c
        where c.company_id = t.company_id and c.name_key = seen.name_key ${await ofTheirShards(sql`c.company_id`, rows)}
      )) ${await ofTheirShards(sql`t.company_id`, rows)}
    order by 1, name_key
    on conflict (company_id, name_key) do update set
      site_id = case when excluded.last_seen_at >= computers.last_seen_at or computers.site_id is null
        then excluded.site_id else computers.site_id end,
      first_seen_at = least(computers.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(computers.last_seen_at, excluded.last_seen_at),
      last_health_at = greatest(computers.last_health_at, excluded.last_health_at),
      ${keepLatest("last_local_ip", "local_ip_at")},
      ${keepLatest("last_public_ip", "public_ip_at")},
      ${keepLatest("agent_version", "agent_version_at")},
      spool_length = coalesce(excluded.spool_length, computers.spool_length),
      dropped_failures = coalesce(excluded.dropped_failures, computers.dropped_failures),
      dropped_sessions = coalesce(excluded.dropped_sessions, computers.dropped_sessions),
      clock_skew_ms = case
        when excluded.clock_skew_ms is null or (excluded.clock_skew_ms = 0 and ${KEEPS_CLOCK_ERROR})
          then computers.clock_skew_ms
        else excluded.clock_skew_ms end`);
}
