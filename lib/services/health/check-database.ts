import { pingDatabase } from "@/db/queries/global/database-facts";

/** Settles when the database answers. @throws the driver's error in an outage. */
export async function checkDatabase(): Promise<void> {
  await pingDatabase();
}

let underWay: Promise<void> | undefined;

/**
 * The same for many who ask at once: a look that is under way is shared. Thousands of agents then take one connection
 * of the pool that pages use, and not all of them.
 */
export function checkDatabaseTogether(): Promise<void> {
  underWay ??= checkDatabase().finally(() => (underWay = undefined));
  return underWay;
}
