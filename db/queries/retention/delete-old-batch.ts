import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";

export interface OldRows {
  table: "alerts" | "notification_deliveries" | "notifications" | "report_runs";
  /** The column that says how old a row is. */
  at: "created_at" | "due_at" | "last_at";
  /** What else a row must be to go. */
  only?: SQL;
}

/** Alerts, by their newest event. */
export const OLD_ALERTS: OldRows = { table: "alerts", at: "last_at" };

/** Deliveries, with their attempts. */
export const OLD_DELIVERIES: OldRows = { table: "notification_deliveries", at: "created_at" };

/** Notifications; a state that lasts is kept, so that it is not told as news again. */
export const OLD_NOTIFICATIONS: OldRows = {
  table: "notifications",
  at: "created_at",
  only: sql`(subject is null or ended_at is not null)`,
};

/** Runs of scheduled reports; what waits to be sent stays. */
export const OLD_RUNS: OldRows = { table: "report_runs", at: "due_at", only: sql`state <> 'waiting'` };

/**
 * Deletes up to `limit` of the company's rows from before the instant, the oldest first; gives how many.
 *
 * They are held first, in the order in which people hold several: in another, each would wait for the other.
 */
export async function deleteOldBatch(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { table, at, only = sql`true` }: OldRows,
  before: Date,
  limit: number,
): Promise<number> {
  const [name, time] = [sql.identifier(table), sql.identifier(at)];
  const isOld = sql`company_id = ${companyId} and ${time} < ${before.toISOString()} and ${only}`;
  const held = await tx.execute<{ id: string | number }>(sql`
    select id from ${name} where ${isOld} and id = any(array(
      select id from ${name} where ${isOld} order by ${time}, id limit ${limit}))
    order by id for update`);
  const ids = pgArray(held.map(({ id }) => Number(id)));
  const rows = await tx.execute(sql`
    delete from ${name} where ${isOld} and id = any(${ids}::bigint[]) returning 1`);
  return rows.length;
}
