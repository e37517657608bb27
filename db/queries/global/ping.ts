import { sql } from "drizzle-orm";
import { database } from "../../client";

/** One round trip to the database. @throws the driver's error in an outage. */
export async function pingDatabase(): Promise<void> {
  await database().execute(sql`select 1`);
}
