import { logger } from "@/lib/logger";
import type { RawSql } from "./client";

/**
 * A number that no other program is likely to use. Every server and tool takes this lock while it migrates and seeds, so
 * that several can start together; a restore holds it from beginning to end, so that none starts meanwhile.
 */
const SET_UP_LOCK = 7_208_114_301;

/** Takes it for the session, which must be the pool's only one and must not be replaced; waits while another has it. */
export async function takeSetUpLock(sql: RawSql): Promise<void> {
  if (await tryToTakeSetUpLock(sql)) return;
  // No less, as commands log only that.
  logger.warn("Waiting for another WinAuthMon program, which sets up or restores the database");
  await sql`select pg_advisory_lock(${SET_UP_LOCK})`;
}

/** The same without waiting; gives whether the session has it now. */
export async function tryToTakeSetUpLock(sql: RawSql): Promise<boolean> {
  const [row] = await sql<{ isTaken: boolean }[]>`select pg_try_advisory_lock(${SET_UP_LOCK}) as "isTaken"`;
  return row!.isTaken;
}

/** Whether the session still has it: a lost connection is replaced by one without it. */
export async function holdsSetUpLock(sql: Pick<RawSql, "unsafe">): Promise<boolean> {
  const [row] = await sql.unsafe<{ isHeld: boolean }[]>(
    `select exists (select from pg_locks
      where locktype = 'advisory' and granted and pid = pg_backend_pid()
        and (classid::bigint << 32 | objid::bigint) = $1::bigint and objsubid = 1) as "isHeld"`,
    [SET_UP_LOCK],
  );
  return row!.isHeld;
}
