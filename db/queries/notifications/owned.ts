import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";

/** How many of the ids are the company's own. */
export async function countOwned(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  table: "sites" | "accounts" | "computers",
  ids: readonly number[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from ${sql.identifier(table)}
    where company_id = ${companyId} and id = any(${pgArray(ids)}::int[])`);
  return row!.count;
}
