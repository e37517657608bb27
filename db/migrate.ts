import { drizzle } from "drizzle-orm/postgres-js";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import type postgres from "postgres";
import { messageOf } from "@/lib/error-text";
import { connect, type RawSql } from "./client";
import { distributeEmpty } from "./distribute";
import { takeSetUpLock } from "./set-up-lock";

/** From the program's own folder, in which it runs. */
export const MIGRATIONS = "db/migrations";

/** When each migration that was applied had been written (epoch milliseconds), oldest first: the schema's version. */
export async function listMigrations(sql: RawSql | postgres.TransactionSql): Promise<number[]> {
  const rows = await sql<{ at: string }[]>`
    select created_at::text as at from drizzle.__drizzle_migrations order by created_at`;
  return rows.map(({ at }) => Number(at));
}

/** Whether this release has every one of the migrations, given by when they were written. */
export function knowsMigrations(migrations: readonly number[], migrationsFolder = MIGRATIONS): boolean {
  const known = new Set(readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis));
  return migrations.every((when) => known.has(when));
}

function refuseAddress(error: unknown): never {
  throw new Error(`Can't open the database that DATABASE_URL names: ${messageOf(error)}`, { cause: error });
}

/**
 * Whether the database is of a release before this one; an empty one is of none.
 *
 * A release reads rows by the schema it knows: it would show and write wrong values in a newer one, which is refused.
 */
async function isOlder(sql: RawSql, migrationsFolder: string): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as found`;
  const applied = row!.found ? await listMigrations(sql) : [];
  if (!knowsMigrations(applied, migrationsFolder)) {
    throw new Error(
      "The database belongs to a newer release of WinAuthMon. Start that release, or go back as docs/upgrading.md says.",
    );
  }
  const newest = readMigrationFiles({ migrationsFolder }).at(-1)!.folderMillis;
  return applied.length > 0 && applied.at(-1)! < newest;
}

export interface MigrationOptions {
  /** Asked under the lock before the database of an older release is migrated; throws to leave it as it is. */
  beforeUpgrade?: (sql: RawSql) => Promise<void>;
  migrationsFolder?: string;
}

/**
 * Brings the database up to date under a session lock, then runs `afterwards` (the seed) still under it.
 *
 * A second server starting meanwhile waits and finds nothing left to do. All wait while a backup is restored.
 *
 * @throws Error with a message for the operator where the database can't be opened, or where a newer release has migrated
 * it, or what `beforeUpgrade` throws; nothing is changed.
 */
export async function runMigrations(
  databaseUrl: string,
  afterwards?: () => Promise<void>,
  { beforeUpgrade, migrationsFolder = MIGRATIONS }: MigrationOptions = {},
): Promise<void> {
  const sql = connect(databaseUrl, { max: 1, idle_timeout: 0, max_lifetime: null });
  try {
    await takeSetUpLock(sql).catch(refuseAddress);
    if (await isOlder(sql, migrationsFolder)) await beforeUpgrade?.(sql);
    await migrate(drizzle(sql), { migrationsFolder });
    await distributeEmpty(databaseUrl);
    await afterwards?.();
  } finally {
    await sql.end({ timeout: 5 });
  }
}
