import { pingDatabase } from "@/db/queries/global/database-facts";

/** Settles when the database answers. @throws the driver's error in an outage. */
export async function checkDatabase(): Promise<void> {
  await pingDatabase();
}
