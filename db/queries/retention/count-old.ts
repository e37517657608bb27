import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { pgArray } from "../pg-array";

/** Events of the companies before the instant, which lies on a quarter of an hour, from the counts. */
export async function countOldEvents(tx: Transaction, scope: CompanyScope, before: Date): Promise<number> {
  const [row] = await tx.execute<{ count: string }>(sql`
    select coalesce(sum(count), 0) as count from event_counts
    where company_id = any(${pgArray(scope.companyIds)}::int[]) and bucket_at < ${before.toISOString()}`);
  return Number(row!.count);
}
