import { pingDatabase } from "@/db/queries/global/database-facts";
import { processState } from "@/lib/process-state";

/** Settles when the database answers. @throws the driver's error in an outage, or one like it after 15 seconds. */
export async function checkDatabase(): Promise<void> {
  await pingDatabase();
}

const shared = processState("database-look", (): { underWay?: Promise<void> | undefined } => ({}));

/**
 * The same for many who ask at once: a look that is under way is shared. Thousands of agents then take one connection, and
 * leave the others to keys.
 */
export function checkDatabaseTogether(): Promise<void> {
  return (shared.underWay ??= checkDatabase().finally(() => (shared.underWay = undefined)));
}
