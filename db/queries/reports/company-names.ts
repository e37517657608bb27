import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";

/** The names of the scope's companies by their ids, in the order of the names. */
export async function listCompanyNames(
  tx: Transaction,
  scope: CompanyScope,
): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.execute<{ id: number; name: string }>(sql`
    select id, name from app_auth_companies where ${companySql(scope, "id")}
    order by lower(name), id`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
