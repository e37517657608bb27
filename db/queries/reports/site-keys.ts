import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql, sameCompanySql } from "../../scope-sql";

export interface SiteKeyListRow extends Record<string, unknown> {
  company_id: number;
  company_name: string;
  site_id: number;
  site_name: string;
  computer_count: number;
  /** Epoch milliseconds, as all times. */
  last_event_ms: number | null;
  /** Null, as all that follows, for a site without a key. */
  key_id: number | null;
  description: string | null;
  key_encrypted: Buffer | null;
  scopes: string[] | null;
  is_active: boolean | null;
  created_ms: number | null;
  expires_ms: number | null;
  last_used_ms: number | null;
  accepted_today: number | null;
  rejected_today: number | null;
}

/** The scope's sites that are not deleted, by company and name, each with its keys by age, up to `most` rows. */
export function listSiteKeys(tx: Transaction, scope: CompanyScope, siteId: number | null, most: number) {
  return tx.execute<SiteKeyListRow>(sql`
    select s.company_id, c.name as company_name, s.id as site_id, s.name as site_name,
      coalesce(n.count, 0)::int as computer_count,
      (select extract(epoch from e.occurred_at) * 1000 from events e
        where ${sameCompanySql(scope, "e.company_id", "s.company_id")} and e.site_id = s.id order by e.occurred_at desc limit 1) as last_event_ms,
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
    left join (
      select company_id, site_id, count(*) from computers where ${companySql(scope, "company_id")} group by 1, 2
    ) n on n.company_id = s.company_id and n.site_id = s.id
    where ${companySql(scope, "s.company_id")} and s.deleted_at is null
      ${siteId === null ? sql`` : sql`and s.id = ${siteId}`}
    order by lower(c.name), s.company_id, lower(s.name), s.id, k.created_at, k.id
    limit ${most}`);
}
