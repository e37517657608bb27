import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";

export interface EndingKey extends Record<string, unknown> {
  companyId: number;
  companyName: string;
  keyId: number;
  description: string | null;
  siteName: string;
  /** Epoch milliseconds; may be past. */
  expiresAt: number;
}

/** Keys that are switched on and expire between the instants, the soonest first. */
export async function listEndingKeys(
  tx: Transaction,
  scope: CompanyScope,
  from: Date,
  to: Date,
): Promise<EndingKey[]> {
  const rows = await tx.execute<EndingKey>(sql`
    select k.company_id as "companyId", c.name as "companyName", k.id as "keyId", k.description, s.name as "siteName",
      (extract(epoch from k.expires_at) * 1000)::float8 as "expiresAt"
    from app_auth_api_keys k join sites s on s.company_id = k.company_id and s.id = k.site_id
    join app_auth_companies c on c.id = k.company_id
    where ${companySql(scope, "k.company_id")} and k.deleted_at is null and k.is_active
      and k.expires_at > ${from.toISOString()} and k.expires_at <= ${to.toISOString()}
    order by k.expires_at, k.company_id, k.id`);
  return [...rows];
}

export async function countOpenAlerts(tx: Transaction, scope: CompanyScope): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from alerts
    where ${companySql(scope, "company_id")} and state = 'open'`);
  return row!.count;
}
