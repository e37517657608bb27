import { connect } from "./client";

/** Advisory locks of two numbers: this one says "jobs", the other which. */
const LOCK_CLASS = 5_718_350;

export interface HeldLock {
  /** Aborted when the connection that holds the lock is lost: another server may have it by then. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Takes a lock that at most one session of this database holds; null when another has it.
 *
 * It lives on a connection of its own and outside any transaction, so that holding it for an hour keeps nothing
 * from being vacuumed; the server's death frees it.
 */
export async function tryJobLock(name: string): Promise<HeldLock | null> {
  const lost = new AbortController();
  let isReleasing = false;
  const sql = connect(process.env.DATABASE_URL!, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: "winauthmon job" },
    onclose: () => void (isReleasing || lost.abort(new Error("The connection that held the lock is gone."))),
  });
  const release = async () => {
    isReleasing = true;
    await sql.end({ timeout: 2 });
  };
  try {
    const [row] = await sql<{ isHeld: boolean }[]>`
      select pg_try_advisory_lock(${LOCK_CLASS}::int, hashtext(${name})) as "isHeld"`;
    if (row!.isHeld) return { lost: lost.signal, release };
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return null;
}
