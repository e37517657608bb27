import { sql, type SQL } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";

/** A computer as notifications name it; instants in epoch milliseconds. */
export interface WatchedComputer extends Record<string, unknown> {
  companyId: number;
  id: number;
  name: string;
  siteId: number | null;
  site: string | null;
  lastSeenAt: number;
}

const computerSql = sql`c.company_id as "companyId", c.id, c.name, s.id as "siteId", s.name as site,
  (extract(epoch from c.last_seen_at) * 1000)::float8 as "lastSeenAt"`;
const siteJoin = sql`left join sites s on s.company_id = c.company_id and s.id = c.site_id`;
const silentAfter = sql`make_interval(mins => co.silent_after_minutes)`;

/** The open notifications of a kind, read first: they may be on another node than the computers. */
const toldSql = (kind: string): SQL => sql`told as materialized (
      select n.* from app_auth_companies co
      join notifications n on n.company_id = co.id and n.kind = ${kind} and n.subject is not null and n.ended_at is null
    )`;
const aboutComputer = sql`n.company_id = c.company_id and n.subject = 'computer:' || c.id`;

/** Computers that have been silent since after `fellAfter` and weren't reported, by company and name. */
export async function listFallenSilent(now: Date, fellAfter: Date): Promise<WatchedComputer[]> {
  const rows = await database().execute<WatchedComputer>(sql`
    with ${toldSql("computer.silent")}
    select ${computerSql} from computers c join app_auth_companies co on co.id = c.company_id ${siteJoin}
    left join told n on ${aboutComputer}
    where c.last_seen_at + ${silentAfter} < ${now.toISOString()}
      and c.last_seen_at + ${silentAfter} > ${fellAfter.toISOString()} and n.id is null
    order by c.company_id, lower(c.name), c.id`);
  return [...rows];
}

export interface EndedSilence extends Record<string, unknown> {
  companyId: number;
  subject: string;
  /** null for a computer that is gone. */
  id: number | null;
  name: string | null;
  siteId: number | null;
  site: string | null;
  /** False when only the company's patience has grown. */
  hasReported: boolean;
}

/**
 * Told silences that are over. The told and the found are not joined: the planner expects a few of each, and would compare
 * each with each when a power cut has silenced thousands.
 */
export async function listEndedSilences(now: Date): Promise<EndedSilence[]> {
  const rows = await database().execute<EndedSilence>(sql`
    with ${toldSql("computer.silent")}, found as materialized (
      select n.id as told_id, n.subject, n.params, c.company_id, c.id, c.name, c.site_id, c.last_seen_at
      from told n join computers c on c.company_id = n.company_id and c.id = n.computer_id
    )
    select c.company_id as "companyId", c.subject, c.id, c.name, s.id as "siteId", s.name as site,
      coalesce(c.last_seen_at > (c.params->>'lastSeenAt')::timestamptz, false) as "hasReported"
    from (
      select * from found
      union all
      select id, subject, params, company_id, null, null, null, null
      from told where (company_id, id) not in (select company_id, told_id from found)
    ) c join app_auth_companies co on co.id = c.company_id ${siteJoin}
    where c.id is null or c.last_seen_at + ${silentAfter} >= ${now.toISOString()}
    order by c.company_id, c.told_id`);
  return [...rows];
}

export interface LostEvents extends WatchedComputer {
  /** Given up since the agent was installed. */
  total: number;
  /** What was reported about it; null for nothing. */
  toldTotal: number | null;
  /** When the state that is open was reported, epoch milliseconds; null without one. */
  toldAt: number | null;
}

/** Computers whose count of events given up is not the one that was told, and those with a state open since before `calmBefore`. */
export async function listLostEvents(calmBefore: Date): Promise<LostEvents[]> {
  const rows = await database().execute<LostEvents>(sql`
    with ${toldSql("agent.lost-events")}
    select * from (
      select ${computerSql}, (coalesce(c.dropped_failures, 0) + coalesce(c.dropped_sessions, 0))::float8 as total,
        coalesce(c.told_lost, (n.params->>'total')::bigint)::float8 as "toldTotal",
        (extract(epoch from n.created_at) * 1000)::float8 as "toldAt"
      from computers c ${siteJoin} left join told n on ${aboutComputer}
      where coalesce(c.dropped_failures, 0) + coalesce(c.dropped_sessions, 0) > 0 or c.told_lost > 0 or n.id is not null
    ) counted where total <> coalesce("toldTotal", 0)
      or "toldAt" < (extract(epoch from ${calmBefore.toISOString()}::timestamptz) * 1000)::float8
    order by "companyId", lower(name), id`);
  return [...rows];
}

/** Notes what was told of each computer's lost events; locks computers as those do who note what they told. */
export async function noteToldLost(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  rows: readonly Pick<LostEvents, "id" | "total">[],
): Promise<void> {
  const ids = pgArray(rows.map(({ id }) => id));
  await tx.execute(sql`
    select from computers where company_id = ${companyId} and id = any(${ids}::int[]) order by name_key
    for no key update`);
  await tx.execute(sql`
    update computers c set told_lost = given.total from unnest(${ids}::int[],
      ${pgArray(rows.map(({ total }) => total))}::bigint[]) as given (id, total)
    where c.company_id = ${companyId} and c.id = given.id`);
}

export interface WrongClock extends WatchedComputer {
  aheadMs: number;
  isTold: boolean;
}

/**
 * Computers that report with a clock further off than `tolerated` and were not told, and told ones whose clock is
 * within `settled` again, both in milliseconds.
 */
export async function listWrongClocks(now: Date, tolerated: number, settled: number): Promise<WrongClock[]> {
  const rows = await database().execute<WrongClock>(sql`
    with ${toldSql("agent.clock-wrong")}
    select ${computerSql}, coalesce(c.clock_skew_ms, 0)::float8 as "aheadMs", n.id is not null as "isTold"
    from computers c join app_auth_companies co on co.id = c.company_id ${siteJoin}
    left join told n on ${aboutComputer}
    where (n.id is null and abs(c.clock_skew_ms) > ${tolerated}
        and c.last_seen_at + ${silentAfter} >= ${now.toISOString()})
      or (n.id is not null and abs(coalesce(c.clock_skew_ms, 0)) < ${settled})
    order by c.company_id, lower(c.name), c.id`);
  return [...rows];
}

/** Sites that were told to be silent. */
export async function listToldSites(): Promise<{ companyId: number; siteId: number }[]> {
  const rows = await database().execute<{ companyId: number; siteId: number }>(sql`
    select n.company_id as "companyId", n.site_id as "siteId" from app_auth_companies co
    join notifications n on n.company_id = co.id and n.kind = 'site.silent' and n.subject is not null
      and n.ended_at is null`);
  return [...rows];
}

export interface OrphanedState extends Record<string, unknown> {
  companyId: number;
  kind: string;
  subject: string;
}

/**
 * Open states of computers that are gone, by company and kind; silences are among {@link listEndedSilences}. The told and
 * the found are not joined, as there.
 */
export async function listOrphanedStates(): Promise<OrphanedState[]> {
  const rows = await database().execute<OrphanedState>(sql`
    with told as materialized (
      select n.company_id, n.id, n.kind, n.subject, n.computer_id from app_auth_companies co
      join notifications n on n.company_id = co.id and n.kind in ('agent.clock-wrong', 'agent.lost-events')
        and n.subject is not null and n.ended_at is null
    ), found as materialized (
      select t.company_id, t.id from told t join computers c on c.company_id = t.company_id and c.id = t.computer_id
    )
    select company_id as "companyId", kind, subject from told
    where (company_id, id) not in (select company_id, id from found) order by company_id, kind, subject`);
  return [...rows];
}

/** Told silences of sites that are deleted, by company. */
export async function listDeletedSilences(): Promise<OrphanedState[]> {
  const rows = await database().execute<OrphanedState>(sql`
    select n.company_id as "companyId", n.kind, n.subject from app_auth_companies co
    join notifications n on n.company_id = co.id and n.kind = 'site.silent' and n.subject is not null
      and n.ended_at is null
    left join sites s on s.company_id = n.company_id and s.id = n.site_id and s.deleted_at is null
    where s.id is null order by n.company_id, n.subject`);
  return [...rows];
}
