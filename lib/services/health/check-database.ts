import { pingDatabase } from "@/db/queries/global/ping";

/** Settles when the database answers. @throws the driver's error in an outage. */
export async function checkDatabase(): Promise<void> {
  await pingDatabase();
}
