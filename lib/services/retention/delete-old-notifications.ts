import {
  deleteOldBatch,
  OLD_DELIVERIES,
  OLD_NOTIFICATIONS,
  OLD_RUNS,
  type OldRows,
} from "@/db/queries/retention/delete-old-batch";
import { writeWithin, type CompanyWriteScope } from "@/db/scope";
import { inBatches } from "./batch-pace";

const DAYS_KEPT = 90;
const DAY_MILLISECONDS = 86_400_000;
const ROWS = { first: 500, least: 100, most: 5_000 };

/**
 * Deletes notifications, deliveries and the history of scheduled reports older than ninety days, and than the company's events, whose people they may
 * name; gives how many. What still waits to be sent goes too: it is no news any more.
 */
export async function deleteOldNotifications(
  scope: CompanyWriteScope,
  eventsBefore: number | null,
  signal: AbortSignal,
  now: number,
): Promise<number> {
  const before = new Date(Math.max(now - DAYS_KEPT * DAY_MILLISECONDS, eventsBefore ?? 0));
  const inSteps = (rows: OldRows) =>
    inBatches(signal, ROWS, (limit) =>
      writeWithin(scope, (tx) => deleteOldBatch(tx, scope, rows, before, limit)),
    );
  await inSteps(OLD_RUNS);
  return (await inSteps(OLD_DELIVERIES)) + (await inSteps(OLD_NOTIFICATIONS));
}
