import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";

/** The company's account of this key (folded like a name's), unless it was erased. */
export async function findAccountByKey(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  key: string,
): Promise<{ id: number; name: string } | null> {
  const [row] = await tx.execute<{ id: number; name: string }>(sql`
    select id, name from accounts where company_id = ${companyId} and name_key = ${key} and erased_at is null`);
  return row ?? null;
}
