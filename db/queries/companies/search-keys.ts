import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import { likePattern } from "../like";

/** The scope's keys whose description or site contains the text in any case, the last used first. */
export async function searchKeys(tx: Transaction, scope: CompanyScope, text: string, limit: number) {
  const pattern = likePattern(text);
  const rows = await tx.execute<{
    company_id: number;
    id: number;
    description: string | null;
    site_name: string;
    is_active: boolean;
  }>(sql`
    select k.company_id, k.id, k.description, s.name as site_name, k.is_active
    from app_auth_api_keys k join sites s on s.company_id = k.company_id and s.id = k.site_id
    where ${companySql(scope, "k.company_id")} and k.deleted_at is null
      and (k.description ilike ${pattern} or s.name ilike ${pattern})
    order by k.last_used desc nulls last, k.company_id, k.id limit ${limit}`);
  return rows.map((row) => ({
    companyId: row.company_id,
    id: row.id,
    description: row.description || null,
    siteName: row.site_name,
    isActive: row.is_active,
  }));
}
