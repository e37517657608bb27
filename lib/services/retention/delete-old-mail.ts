import { deleteOldMails } from "@/db/queries/mail/messages";
import { deleteExpiredRegistrations } from "@/db/queries/mail/pending-registrations";
import { inBatches } from "./batch-pace";

const DAYS_KEPT = 90;
const DAY_MILLISECONDS = 86_400_000;
const ROWS = { first: 500, least: 100, most: 5_000 };

/** Deletes personal mails older than ninety days, and registrations that weren't confirmed in time. */
export async function deleteOldMail(signal: AbortSignal, now: number): Promise<void> {
  const before = new Date(now - DAYS_KEPT * DAY_MILLISECONDS);
  await inBatches(signal, ROWS, (limit) => deleteOldMails(before, limit));
  await deleteExpiredRegistrations();
}
