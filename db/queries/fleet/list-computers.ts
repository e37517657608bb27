import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql, sameCompanySql } from "../../scope-sql";
import {
  BACKLOG_EVENTS,
  CLOCK_TOLERANCE_MILLISECONDS,
  type HealthFilter,
} from "@/lib/domain/fleet/computer-health";
import type { ComputerRow, ComputerSort } from "@/lib/domain/reports/computer-columns";
import type { AskedUse } from "@/lib/domain/reports/used-filter";
import { instantSql } from "../events/event-match";
import { containsPattern } from "../events/match-names";
import { pgArray } from "../pg-array";
import { inPresenceSql } from "./in-presence";
import { behindSql, keysetOrderSql, type Keyset, type Placed } from "./keyset";
import { isAccountSql } from "../kind-sql";
import { presentSql, type PresenceMoment } from "./present";
import { usedSql } from "./used";

/** Which computers: all given conditions hold. Instants are epoch milliseconds. */
export interface ComputerMatch {
  now: number;
  /** Contained in the name or an address; folded like a name's key. */
  foldedText?: string;
  siteId?: number;
  computerId?: number;
  /** Computers this account has used. */
  accountId?: number;
  used?: AskedUse;
  health?: HealthFilter;
  /** One of these agent versions; null stands for none told. */
  versions?: readonly (string | null)[];
  /** Seen at some time from `from` on and before `to`, as far as the first and the last time tell. */
  seen?: { from: number; to: number };
}

interface StoredComputer extends Record<string, unknown> {
  company_id: number;
  company_name: string;
  silent_after_minutes: number;
  id: number;
  name: string;
  site_id: number | null;
  site_name: string | null;
  first_ms: string;
  last_ms: string;
  health_ms: string | null;
  last_account_id: number | null;
  last_user_name: string | null;
  used_ms: string | null;
  present_count: number;
  last_local_ip: string | null;
  last_public_ip: string | null;
  agent_version: string | null;
  spool_length: number | null;
  dropped_failures: string | null;
  dropped_sessions: string | null;
  clock_skew_ms: string | null;
  sort_key: string | number;
}

/** A row as stored; whether its agent is out of date the database does not know. */
export type ListedComputer = Omit<ComputerRow, "isAgentOutdated">;

const SORT_KEYS: Readonly<Record<ComputerSort, Pick<Keyset, "key" | "type">>> = {
  computerName: { key: sql`c.name_key`, type: "text" },
  company: { key: sql`lower(co.name)`, type: "text" },
  siteName: { key: sql`coalesce(lower(s.name), '')`, type: "text" },
  lastSeen: { key: sql`(extract(epoch from c.last_seen_at) * 1000)::float8`, type: "float8" },
  firstSeen: { key: sql`(extract(epoch from c.first_seen_at) * 1000)::float8`, type: "float8" },
  agentVersion: { key: sql`coalesce(lower(c.agent_version), '')`, type: "text" },
  spoolLength: { key: sql`coalesce(c.spool_length, -1)::float8`, type: "float8" },
};

export interface ComputerOrder {
  by: ComputerSort;
  isDescending: boolean;
  after: Keyset["after"];
}

const source = sql`computers c
  join app_auth_companies co on co.id = c.company_id
  left join sites s on s.company_id = c.company_id and s.id = c.site_id`;

/**
 * The first `limit` matching computers behind `order.after`. The last user and who is there at the moment are
 * looked up for those rows alone.
 */
// oxlint-disable-next-line max-lines-per-function -- one statement, easier read whole
export async function listComputers(
  tx: Transaction,
  scope: CompanyScope,
  match: ComputerMatch,
  order: ComputerOrder,
  { limit, moment }: { limit: number; moment: PresenceMoment },
): Promise<Placed<ListedComputer>[]> {
  const keyset: Keyset = { ...SORT_KEYS[order.by], ...order };
  const { join, isPresent } = presentSql(scope, moment);
  const rows = await tx.execute<StoredComputer>(sql`
    with page as materialized (
      select c.company_id, c.id, ${keyset.key} as sort_key,
        row_number() over (order by ${keysetOrderSql(keyset, "c")}) as place
      from ${source}
      where ${matchSql(scope, match)} and ${behindSql(keyset, "c")}
      order by ${keysetOrderSql(keyset, "c")} limit ${limit}
    )
    select c.company_id, co.name as company_name, co.silent_after_minutes, c.id, c.name, c.site_id, s.name as site_name,
      extract(epoch from c.first_seen_at) * 1000 as first_ms, extract(epoch from c.last_seen_at) * 1000 as last_ms,
      extract(epoch from c.last_health_at) * 1000 as health_ms, used.account_id as last_account_id,
      a.name as last_user_name, extract(epoch from used.at) * 1000 as used_ms, present.count as present_count,
      c.last_local_ip, c.last_public_ip, c.agent_version, c.spool_length, c.dropped_failures,
      c.dropped_sessions, c.clock_skew_ms, page.sort_key
    from page join computers c on ${sameCompanySql(scope, "c.company_id", "page.company_id")} and c.id = page.id
    join app_auth_companies co on co.id = c.company_id
    left join sites s on s.company_id = c.company_id and s.id = c.site_id
    left join lateral (
      select p.account_id, p.at from presence p
      where ${sameCompanySql(scope, "p.company_id", "c.company_id")} and p.computer_id = c.id and ${isAccountSql("p.account_id")}
      order by p.at desc, p.account_id limit 1
    ) used on true
    left join accounts a on ${sameCompanySql(scope, "a.company_id", "c.company_id")} and a.id = used.account_id
    cross join lateral (
      select count(*)::int as count from presence p ${join}
      where ${sameCompanySql(scope, "p.company_id", "c.company_id")} and p.computer_id = c.id and ${isPresent}
    ) present
    order by page.place`);
  return rows.map((row) => ({ row: toComputer(row, match.now), sortKey: row.sort_key }));
}

export async function countComputers(tx: Transaction, scope: CompanyScope, match: ComputerMatch) {
  const [row] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from ${source} where ${matchSql(scope, match)}`,
  );
  return row!.count;
}

export type HealthCounts = Record<HealthFilter, number>;

/** How many of the scope's computers each filter of health would leave. */
export async function countByHealth(
  tx: Transaction,
  scope: CompanyScope,
  now: number,
): Promise<HealthCounts> {
  const count = (filter: HealthFilter) => sql`count(*) filter (where ${healthSql(filter, now)})::int`;
  const [row] = await tx.execute<HealthCounts & Record<string, unknown>>(sql`
    select ${count("reporting")} as reporting, ${count("silent")} as silent, ${count("clock")} as clock,
      ${count("backlog")} as backlog, ${count("lost")} as lost
    from ${source} where ${matchSql(scope, { now })}`);
  return row!;
}

/** The agent versions of the scope's computers, the most common first; null for computers that never told one. */
export async function listAgentVersions(tx: Transaction, scope: CompanyScope) {
  const rows = await tx.execute<{ version: string | null; count: number }>(sql`
    select c.agent_version as version, count(*)::int as count from computers c
    where ${companySql(scope, "c.company_id")}
    group by c.agent_version order by count desc, version`);
  return rows.map(({ version, count }) => ({ version, count }));
}

function matchSql(scope: CompanyScope, match: ComputerMatch): SQL {
  const conditions = [sql`${companySql(scope, "c.company_id")}`];
  if (match.foldedText) {
    const pattern = containsPattern(match.foldedText);
    conditions.push(
      sql`(c.name_key like ${pattern} or lower(c.last_local_ip) like ${pattern} or lower(c.last_public_ip) like ${pattern})`,
    );
  }
  if (match.siteId !== undefined) conditions.push(sql`c.site_id = ${match.siteId}`);
  if (match.computerId !== undefined) conditions.push(sql`c.id = ${match.computerId}`);
  if (match.accountId !== undefined) {
    conditions.push(inPresenceSql(scope, "c", { condition: sql`p.account_id = ${match.accountId}` }));
  }
  if (match.used !== undefined) conditions.push(usedSql(scope, match.used, "c"));
  if (match.health !== undefined) conditions.push(healthSql(match.health, match.now));
  if (match.versions !== undefined) conditions.push(versionSql(match.versions));
  if (match.seen !== undefined) {
    conditions.push(
      sql`c.last_seen_at >= ${instantSql(match.seen.from)} and c.first_seen_at < ${instantSql(match.seen.to)}`,
    );
  }
  return sql.join(conditions, sql` and `);
}

/** The same judgement as healthOf in lib/domain/fleet/computer-health. */
function healthSql(filter: HealthFilter, now: number): SQL {
  const isSilent = sql`c.last_seen_at < ${instantSql(now)} - make_interval(mins => co.silent_after_minutes)`;
  switch (filter) {
    case "silent":
      return isSilent;
    case "reporting":
      return sql`not (${isSilent})`;
    case "clock":
      return sql`abs(c.clock_skew_ms) > ${CLOCK_TOLERANCE_MILLISECONDS}::bigint`;
    case "backlog":
      return sql`c.spool_length >= ${BACKLOG_EVENTS}::int`;
    case "lost":
      return sql`coalesce(c.dropped_failures, 0) + coalesce(c.dropped_sessions, 0) > 0`;
  }
}

function versionSql(versions: readonly (string | null)[]): SQL {
  const known = versions.filter((version) => version !== null);
  const isKnown = sql`c.agent_version = any(${pgArray(known)}::text[])`;
  return versions.length > known.length ? sql`(${isKnown} or c.agent_version is null)` : isKnown;
}

const optionalNumber = (text: string | null) => (text === null ? null : Number(text));

function toComputer(row: StoredComputer, now: number): ListedComputer {
  return {
    companyId: row.company_id,
    companyName: row.company_name,
    silentAfterMinutes: row.silent_after_minutes,
    id: row.id,
    name: row.name,
    siteId: row.site_id,
    siteName: row.site_name,
    firstSeenAt: Number(row.first_ms),
    lastSeenAt: Number(row.last_ms),
    lastHealthAt: optionalNumber(row.health_ms),
    lastAccountId: row.last_account_id,
    lastUserName: row.last_user_name,
    lastUsedAt: optionalNumber(row.used_ms),
    presentCount: row.present_count,
    localIp: row.last_local_ip,
    publicIp: row.last_public_ip,
    agentVersion: row.agent_version,
    spoolLength: row.spool_length,
    droppedFailures: optionalNumber(row.dropped_failures),
    droppedSessions: optionalNumber(row.dropped_sessions),
    clockSkewMs: optionalNumber(row.clock_skew_ms),
    readAt: now,
  };
}
