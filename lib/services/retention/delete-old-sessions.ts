import { deleteEndedSessions } from "@/db/queries/users/sessions";
import { inBatches } from "./batch-pace";

const DAYS_KEPT = 30;
const DAY_MILLISECONDS = 86_400_000;
const ROWS = { first: 500, least: 100, most: 5_000 };

/**
 * Deletes sign-ins that ended more than thirty days ago, also of people who never sign in again: they hold addresses and
 * browsers. One that was idle too long is over at the latest when its time is up.
 */
export async function deleteOldSessions(signal: AbortSignal, now: number): Promise<void> {
  const before = new Date(now - DAYS_KEPT * DAY_MILLISECONDS);
  await inBatches(signal, ROWS, (limit) => deleteEndedSessions(before, limit));
}
