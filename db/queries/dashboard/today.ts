import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql, sameCompanySql } from "../../scope-sql";
import { presentSql, type PresenceMoment } from "../fleet/present";
import { usedForSureSql } from "../fleet/used";
import { pgArray } from "../pg-array";

/** Accounts that started, paused or ended something in the range, and the computers they did it on; epoch milliseconds. */
export async function countActive(tx: Transaction, scope: CompanyScope, range: { from: number; to: number }) {
  const [row] = await tx.execute<{ accounts: number; computers: number }>(sql`
    select count(distinct (p.company_id, p.account_id))::int as accounts,
      count(distinct (p.company_id, p.computer_id))::int as computers
    from presence p
    where ${companySql(scope, "p.company_id")} and ${usedForSureSql(scope, range)}`);
  return row!;
}

export interface PresentRow extends Record<string, unknown> {
  company_id: number;
  account_id: number;
  computer_id: number;
  user_name: string;
  computer_name: string;
  site_name: string;
  is_active: boolean;
  /** Epoch milliseconds. */
  since_ms: number;
  at_ms: number;
}

/** Everybody, or one account wherever it is, or everybody on one computer. */
export type PresentMatch = { accountId?: number; computerId?: number };

/**
 * Who is on which computer now, active before locked, the newest event first. Each row says how many such rows there are,
 * of how many accounts, and of how many that are active somewhere.
 */
export function listPresent(
  tx: Transaction,
  scope: CompanyScope,
  moment: PresenceMoment,
  limit: number,
  { accountId, computerId }: PresentMatch = {},
) {
  const { join, isPresent, isActive, since } = presentSql(scope, moment);
  return tx.execute<PresentRow & { total: number; accounts: number; active_accounts: number }>(sql`
    select page.company_id, page.account_id, page.computer_id, a.name as user_name, c.name as computer_name,
      s.name as site_name, page.is_active, (
        select extract(epoch from ${since}) * 1000 from presence p ${join}
        where ${sameCompanySql(scope, "p.company_id", "a.company_id")} and p.account_id = a.id and p.computer_id = c.id
      ) as since_ms, extract(epoch from page.at) * 1000 as at_ms, page.total, page.accounts, page.active_accounts
    from (
      select here.*, count(*) over ()::int as total, count(*) filter (where here.place = 1) over ()::int as accounts,
        count(*) filter (where here.place = 1 and here.is_active) over ()::int as active_accounts
      from (
        select seat.*, row_number() over (partition by seat.company_id, seat.account_id order by seat.is_active desc) as place
        from (
          select p.company_id, p.account_id, p.computer_id, p.site_id, p.at, ${isActive} as is_active
          from presence p ${join}
          where ${companySql(scope, "p.company_id")} and ${isPresent}
            ${accountId === undefined ? sql`` : sql`and p.account_id = ${accountId}`}
            ${computerId === undefined ? sql`` : sql`and p.computer_id = ${computerId}`}
        ) seat
      ) here
      order by here.is_active desc, here.at desc limit ${limit}
    ) page
    join accounts a on ${sameCompanySql(scope, "a.company_id", "page.company_id")} and a.id = page.account_id
    join computers c on ${sameCompanySql(scope, "c.company_id", "page.company_id")} and c.id = page.computer_id
    join sites s on s.company_id = page.company_id and s.id = page.site_id
    order by page.is_active desc, page.at desc`);
}

export interface SiteRow extends Record<string, unknown> {
  company_id: number;
  company_name: string;
  site_id: number;
  site_name: string;
  silent_after_minutes: number;
  /** Epoch milliseconds; null when it never sent anything. */
  last_ms: number | null;
}

/** Every site with when its agents were last heard, by event or health check; else its newest event. Never heard first. */
export async function listSiteActivity(tx: Transaction, scope: CompanyScope): Promise<SiteRow[]> {
  const rows = await tx.execute<SiteRow>(sql`
    select s.company_id, co.name as company_name, s.id as site_id, s.name as site_name, co.silent_after_minutes,
      extract(epoch from heard.at) * 1000 as last_ms
    from sites s
    join app_auth_companies co on co.id = s.company_id
    left join lateral (
      select max(last_agent_at) as at from app_auth_api_keys k where k.company_id = s.company_id and k.site_id = s.id
    ) heard on true
    where ${companySql(scope, "s.company_id")} and s.deleted_at is null`);
  const newest = await findNewestEvents(
    tx,
    scope,
    rows.filter(({ last_ms }) => last_ms === null).map(({ site_id }) => site_id),
  );
  return rows
    .map((row) => ({ ...row, last_ms: row.last_ms ?? newest.get(row.site_id) ?? null }))
    .toSorted((a, b) => Number(a.last_ms ?? -Infinity) - Number(b.last_ms ?? -Infinity) || 0);
}

/** The times of the newest events of sites, epoch milliseconds. */
async function findNewestEvents(tx: Transaction, scope: CompanyScope, siteIds: readonly number[]) {
  if (siteIds.length === 0) return new Map<number, number | null>();
  const rows = await tx.execute<{ site_id: number; last_ms: number | null }>(sql`
    select s.id as site_id, (
        select extract(epoch from e.occurred_at) * 1000 from events e
        where ${sameCompanySql(scope, "e.company_id", "t.company_id")} and e.site_id = s.id order by e.occurred_at desc limit 1
      ) as last_ms
    from tenants t join sites s on s.company_id = t.company_id
    where ${companySql(scope, "t.company_id")} and s.id = any(${pgArray(siteIds)}::int[])`);
  return new Map(rows.map((row) => [row.site_id, row.last_ms]));
}
