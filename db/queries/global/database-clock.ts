import { sql } from "drizzle-orm";
import { database } from "../../client";

/** The database's clock, in epoch milliseconds. */
export async function readDatabaseClock(): Promise<number> {
  const [row] = await database().execute<{ ms: string }>(
    sql`select extract(epoch from clock_timestamp()) * 1000 as ms`,
  );
  return Number(row!.ms);
}
