import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";

export interface PackageKeyRow extends Record<string, unknown> {
  site_id: number;
  site_name: string;
  /** Null, as all below, where no key of the site may send events now. */
  id: number | null;
  description: string | null;
  key_encrypted: Buffer | null;
  expires_ms: number | null;
  /** Whether the key may do nothing but send events. */
  is_ingest_only: boolean | null;
}

/**
 * The company's sites by name, each with its newest key that may send events now. Keys that may do no more go before
 * those that may, so one of the others says that the site has no key for a package. Only the named site, if one is.
 */
export function listPackageKeys(tx: Transaction, scope: CompanyWriteScope, siteId?: number) {
  const ofSite = siteId === undefined ? sql`` : sql`and s.id = ${siteId}`;
  return tx.execute<PackageKeyRow>(sql`
    select * from (
      select distinct on (s.id) s.id as site_id, s.name as site_name, k.id, k.description, k.key_encrypted,
        extract(epoch from k.expires_at)::float8 * 1000 as expires_ms, k.scopes <@ array['ingest'] as is_ingest_only
      from sites s
      left join app_auth_api_keys k on k.company_id = ${scope.companyId} and k.site_id = s.id
        and k.deleted_at is null and k.is_active and 'ingest' = any(k.scopes)
        and (k.expires_at is null or k.expires_at > now())
      where s.company_id = ${scope.companyId} and s.deleted_at is null ${ofSite}
      order by s.id, k.scopes <@ array['ingest'] desc nulls last, k.created_at desc, k.id desc
    ) newest
    order by lower(site_name), site_id`);
}
