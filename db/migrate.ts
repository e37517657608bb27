import { resolve } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { connect } from "./client";
import { distributeEmpty } from "./distribute";

/** A number that no other program is likely to use; held while migrating and seeding, so that servers can start together. */
const MIGRATION_LOCK = 7_208_114_301;

/**
 * Brings the database up to date under a session lock, then runs `afterwards` (the seed) still under it.
 *
 * A second server starting meanwhile waits and finds nothing left to do.
 */
export async function runMigrations(
  databaseUrl: string,
  afterwards?: () => Promise<void>,
  migrationsFolder: string = resolve(process.cwd(), "db/migrations"),
): Promise<void> {
  const sql = connect(databaseUrl, { max: 1, idle_timeout: 0, max_lifetime: null });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(sql), { migrationsFolder });
    await distributeEmpty(databaseUrl);
    await afterwards?.();
  } finally {
    await sql.end({ timeout: 5 });
  }
}
