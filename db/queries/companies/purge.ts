import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { floorSql } from "../retention/delete-events";

/** Deletes up to `limit` of the company's events, oldest first and before the instant when one is given; gives how many. */
export async function deleteEventBatch(
  tx: Transaction,
  scope: CompanyWriteScope,
  { limit, before }: { limit: number; before?: Date },
): Promise<number> {
  const [row] = await tx.execute<{ deleted: number }>(sql`
    with doomed as (
      select occurred_at, fingerprint from events where company_id = ${scope.companyId}
        ${before ? sql`and occurred_at < ${before.toISOString()}` : sql``}
      order by occurred_at, fingerprint limit ${limit}
    ), gone as (
      delete from events e using doomed d
      where e.company_id = ${scope.companyId} and e.occurred_at = d.occurred_at and e.fingerprint = d.fingerprint
      returning e.occurred_at
    ), ${floorSql(scope)}
    select count(*)::int as deleted from gone`);
  return row!.deleted;
}

/** Deletes what was derived from events, once none is left: counts, presence, accounts, computers, notifications and alerts. */
export async function deleteDerivedRows(tx: Transaction, scope: CompanyWriteScope): Promise<void> {
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

/** Deletes the counts of quarters of an hour that end by the instant. */
export async function deleteCountsBefore(
  tx: Transaction,
  scope: CompanyWriteScope,
  before: Date,
): Promise<void> {
  await tx.execute(sql`
    delete from event_counts
    where company_id = ${scope.companyId} and bucket_at < ${before.toISOString()}`);
}
