import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { holdAllAlerts } from "../detections/change-alerts";

/** Deletes what was derived from events, once none is left: counts, presence, accounts, computers, notifications and alerts. */
export async function deleteDerivedRows(tx: Transaction, scope: CompanyWriteScope): Promise<void> {
  await holdAllAlerts(tx, scope);
  // Their reasons may name people, and there is no account left to erase.
  await tx.execute(sql`
    delete from detection_exceptions
    where company_id = ${scope.companyId} and (account_id is not null or computer_id is not null)`);
  for (const table of [
    "event_counts",
    "presence",
    "time_spent_months",
    "time_spent_late",
    "time_spent_progress",
    "accounts",
    "computers",
    "notifications",
    "alerts",
    "detection_states",
    "detection_backtests",
  ]) {
    await tx.execute(sql`delete from ${sql.identifier(table)} where company_id = ${scope.companyId}`);
  }
}

/** Deletes counts of nothing, of quarters of an hour before the instant when one is given. */
export async function deleteEmptyCounts(
  tx: Transaction,
  scope: CompanyWriteScope,
  before: Date | null = null,
): Promise<void> {
  await tx.execute(sql`
    delete from event_counts where company_id = ${scope.companyId} and count = 0
      ${before ? sql`and bucket_at < ${before.toISOString()}` : sql``}`);
}
