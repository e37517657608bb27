import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";

/** Deletes up to `limit` of the company's events, oldest first, and gives how many there were. */
export async function deleteEventBatch(
  tx: Transaction,
  scope: CompanyWriteScope,
  limit: number,
): Promise<number> {
  const [row] = await tx.execute<{ deleted: number }>(sql`
    with doomed as (
      select occurred_at, fingerprint from events where company_id = ${scope.companyId}
      order by occurred_at, fingerprint limit ${limit}
    ), gone as (
      delete from events e using doomed d
      where e.company_id = ${scope.companyId} and e.occurred_at = d.occurred_at and e.fingerprint = d.fingerprint
      returning 1
    )
    select count(*)::int as deleted from gone`);
  return row!.deleted;
}

/** Deletes what was derived from events, once none is left: counts, presence, accounts and computers. */
export async function deleteDerivedRows(tx: Transaction, scope: CompanyWriteScope): Promise<void> {
  for (const table of ["event_counts", "presence", "accounts", "computers"]) {
    await tx.execute(sql`delete from ${sql.identifier(table)} where company_id = ${scope.companyId}`);
  }
}
