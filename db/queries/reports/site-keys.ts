import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql, sameCompanySql } from "../../scope-sql";
import { pgArray } from "../pg-array";

interface StoredSiteKey extends Record<string, unknown> {
  company_id: number;
  company_name: string;
  site_id: number;
  site_name: string;
  /** Null, as all that follows, for a site without a key. */
  key_id: number | null;
  description: string | null;
  key_encrypted: Buffer | null;
  scopes: string[] | null;
  is_active: boolean | null;
  /** Epoch milliseconds, as all times. */
  created_ms: number | null;
  expires_ms: number | null;
  last_used_ms: number | null;
  accepted_today: number | null;
  rejected_today: number | null;
}

interface SiteUse extends Record<string, unknown> {
  site_id: number;
  computer_count: number;
  last_event_ms: number | null;
}

export type SiteKeyListRow = StoredSiteKey & SiteUse;

/** The scope's sites that are not deleted, by company and name, each with its keys by age, up to `most` rows. */
export async function listSiteKeys(
  tx: Transaction,
  scope: CompanyScope,
  siteId: number | null,
  most: number,
): Promise<SiteKeyListRow[]> {
  const rows = await tx.execute<StoredSiteKey>(sql`
    select s.company_id, c.name as company_name, s.id as site_id, s.name as site_name,
      k.id as key_id, k.description, k.key_encrypted, k.scopes, k.is_active,
      extract(epoch from k.created_at) * 1000 as created_ms, extract(epoch from k.expires_at) * 1000 as expires_ms,
      extract(epoch from k.last_used) * 1000 as last_used_ms,
      case when k.id is not null then coalesce(u.accepted_count, 0)::float8 end as accepted_today,
      case when k.id is not null then coalesce(u.rejected_count, 0)::float8 end as rejected_today
    from sites s
    join app_auth_companies c on c.id = s.company_id
    left join app_auth_api_keys k on k.company_id = s.company_id and k.site_id = s.id and k.deleted_at is null
    left join api_key_usage u on u.company_id = k.company_id and u.api_key_id = k.id
      and u.day = (now() at time zone 'UTC')::date
    where ${companySql(scope, "s.company_id")} and s.deleted_at is null
      ${siteId === null ? sql`` : sql`and s.id = ${siteId}`}
    order by lower(c.name), s.company_id, lower(s.name), s.id, k.created_at, k.id
    limit ${most}`);
  const used = await readUse(tx, scope, [...new Set(rows.map(({ site_id }) => site_id))]);
  return rows.map((row) => ({ ...row, ...(used.get(row.site_id) ?? UNUSED) }));
}

const UNUSED = { computer_count: 0, last_event_ms: null };

/** What agents of the sites sent: keys are on Citus's coordinator and events are not, so no one statement reads both. */
async function readUse(tx: Transaction, scope: CompanyScope, siteIds: readonly number[]) {
  const rows = await tx.execute<SiteUse>(sql`
    select s.id as site_id, coalesce(n.count, 0)::int as computer_count,
      (select extract(epoch from e.occurred_at) * 1000 from events e
        where ${sameCompanySql(scope, "e.company_id", "t.company_id")} and e.site_id = s.id order by e.occurred_at desc limit 1) as last_event_ms
    from tenants t join sites s on s.company_id = t.company_id
    left join (
      select company_id, site_id, count(*) from computers where ${companySql(scope, "company_id")} group by 1, 2
    ) n on n.company_id = t.company_id and n.site_id = s.id
    where ${companySql(scope, "t.company_id")} and s.id = any(${pgArray(siteIds)}::int[])`);
  return new Map(rows.map((row) => [row.site_id, row]));
}
