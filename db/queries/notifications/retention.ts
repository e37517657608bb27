import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";

/** Deletes up to `limit` deliveries made before the instant, with their attempts; gives how many. */
export async function deleteOldDeliveryBatch(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  before: Date,
  limit: number,
): Promise<number> {
  const rows = await tx.execute(sql`
    delete from notification_deliveries where company_id = ${companyId} and id in (
      select id from notification_deliveries where company_id = ${companyId} and created_at < ${before.toISOString()}
      order by created_at, id limit ${limit}) returning 1`);
  return rows.length;
}

/** The same for notifications; a state that lasts is kept, so that it is not told as news again. */
export async function deleteOldNotificationBatch(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  before: Date,
  limit: number,
): Promise<number> {
  const rows = await tx.execute(sql`
    delete from notifications where company_id = ${companyId} and id in (
      select id from notifications where company_id = ${companyId} and created_at < ${before.toISOString()}
        and (subject is null or ended_at is not null)
      order by created_at, id limit ${limit}) returning 1`);
  return rows.length;
}
