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
import { epoch } from "../column-sql";
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

/** A row as stored; whether its agent is out of date the database does not know. */
export type ListedComputer = Omit<ComputerRow, "isAgentOutdated">;

const SORT_KEYS: Readonly<Record<ComputerSort, Pick<Keyset, "key" | "type">>> = {
  computerName: { key: sql`c.name_key`, type: "text" },
  company: { key: sql`lower(co.name)`, type: "text" },
  siteName: { key: sql`coalesce(lower(s.name), '')`, type: "text" },
  lastSeen: { key: epoch("c.last_seen_at"), type: "float8" },
  firstSeen: { key: epoch("c.first_seen_at"), type: "float8" },
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
  const rows = await tx.execute<
    Omit<ListedComputer, "readAt"> & { sortKey: string | number } & Record<string, unknown>
  >(sql`
    with page as materialized (
      select c.company_id, c.id, ${keyset.key} as sort_key,
        row_number() over (order by ${keysetOrderSql(keyset, "c")}) as place
      from ${source}
      where ${matchSql(scope, match)} and ${behindSql(keyset, "c")}
      order by ${keysetOrderSql(keyset, "c")} limit ${limit}
    )
    select c.company_id as "companyId", co.name as "companyName", co.silent_after_minutes as "silentAfterMinutes",
      c.id, c.name, c.site_id as "siteId", s.name as "siteName", ${epoch("c.first_seen_at")} as "firstSeenAt",
      ${epoch("c.last_seen_at")} as "lastSeenAt", ${epoch("c.last_health_at")} as "lastHealthAt",
      used.account_id as "lastAccountId", a.name as "lastUserName", ${epoch("used.at")} as "lastUsedAt",
      present.count as "presentCount", c.last_local_ip as "localIp", c.last_public_ip as "publicIp",
      c.agent_version as "agentVersion", c.spool_length as "spoolLength",
      c.dropped_failures::float8 as "droppedFailures", c.dropped_sessions::float8 as "droppedSessions",
      c.clock_skew_ms::float8 as "clockSkewMs", page.sort_key as "sortKey"
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
  return rows.map(({ sortKey, ...row }) => ({ row: { ...row, readAt: match.now }, sortKey }));
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
