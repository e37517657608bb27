import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";

export interface SiteName {
  companyId: number;
  id: number;
  name: string;
  isDeleted: boolean;
}

/** Every site of the scope by name, ties by company and id; deleted ones too, as events outlive their site. */
export async function listSiteNames(tx: Transaction, scope: CompanyScope): Promise<SiteName[]> {
  const rows = await tx.execute<{ company_id: number; id: number; name: string; is_deleted: boolean }>(sql`
    select company_id, id, name, deleted_at is not null as is_deleted from sites
    where ${companySql(scope, "company_id")}
    order by lower(name), company_id, id`);
  return rows.map((row) => ({
    companyId: row.company_id,
    id: row.id,
    name: row.name,
    isDeleted: row.is_deleted,
  }));
}
