import { deleteOldRunBatch } from "@/db/queries/schedules/schedules";
import { deleteOldDeliveryBatch, deleteOldNotificationBatch } from "@/db/queries/notifications/retention";
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
  const inSteps = (step: typeof deleteOldDeliveryBatch) =>
    inBatches(signal, ROWS, (limit) => writeWithin(scope, (tx) => step(tx, scope, before, limit)));
  await inSteps(deleteOldRunBatch);
  return (await inSteps(deleteOldDeliveryBatch)) + (await inSteps(deleteOldNotificationBatch));
}
