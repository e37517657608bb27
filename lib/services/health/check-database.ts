import { pingDatabase } from "@/db/queries/global/database-facts";
import { answerWithin } from "@/lib/answer-within";
import { processState } from "@/lib/process-state";

const ANSWER_MILLISECONDS = 15_000;

/** Settles when the database answers. @throws the driver's error in an outage, or one like it after 15 seconds. */
export async function checkDatabase(): Promise<void> {
  await answerWithin(ANSWER_MILLISECONDS, pingDatabase());
}

const shared = processState("database-look", (): { underWay?: Promise<void> | undefined } => ({}));

/**
 * The same for many who ask at once: a look that is under way is shared. Thousands of agents then take one connection
 * of the pool that pages use, and not all of them.
 */
export function checkDatabaseTogether(): Promise<void> {
  return (shared.underWay ??= checkDatabase().finally(() => (shared.underWay = undefined)));
}
