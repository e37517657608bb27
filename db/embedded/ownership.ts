import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import type { Connection } from "./url";

// Advisory locks of two numbers, apart from any single-number lock the program takes elsewhere.
const lockClass = 5_718_349;
/** Held exclusively by the one server of the folder. */
const ownerLock = 1;
/** Held by every process that uses the database. The one that can get it exclusively is the last, and stops PostgreSQL. */
const usersLock = 2;

const ownerName = "winauthmon server pid ";

/** A session that holds this process's locks for as long as it lives. */
export type LockSession = {
  /** Whether this process is the folder's server now; otherwise the number of the process that is, if known. */
  takeOwnership(patienceMs: number): Promise<{ isOwner: true } | { isOwner: false; pid: number | undefined }>;
  /** Gives up this process's share. True if no other process uses the database, which then accepts no new ones. */
  leave(): Promise<boolean>;
  close(): Promise<void>;
};

/** Runs one query of the lock session, and fails when the session ends first. */
type Ask = <Row extends object>(query: (sql: postgres.Sql) => PromiseLike<Row[]>) => Promise<Row>;

/**
 * Opens the lock session, or returns undefined when the database is about to be stopped.
 * `onLost` is called once when the session ends without `close`.
 */
export async function openLockSession(
  connection: Connection,
  onLost: () => void,
): Promise<LockSession | undefined> {
  let isClosing = false;
  let reportEnd: (error: Error) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (reportEnd = reject));
  ended.catch(() => undefined);
  const sql = postgres({
    ...connection,
    max: 1,
    connect_timeout: 5,
    // postgres.js replaces a connection after half an hour by default, which would drop the locks.
    max_lifetime: null,
    idle_timeout: 0,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: `winauthmon pid ${process.pid}` },
    onclose: () => {
      reportEnd(Object.assign(new Error("PostgreSQL closed the connection"), { code: "CONNECTION_CLOSED" }));
      if (isClosing) return;
      isClosing = true;
      onLost();
    },
  });
  const ask: Ask = async (query) => (await Promise.race([query(sql), ended]))[0]!;
  const close = async () => {
    isClosing = true;
    await sql.end({ timeout: 1 }).catch(() => undefined);
  };
  try {
    const { isJoined } = await ask(
      (join) => join<{ isJoined: boolean }[]>`
      select pg_try_advisory_lock_shared(${lockClass}::int, ${usersLock}::int) as "isJoined"`,
    );
    if (isJoined)
      return {
        takeOwnership: (patienceMs) => takeOwnership(ask, patienceMs),
        leave: () => leave(ask),
        close,
      };
    await close();
    return undefined;
  } catch (error) {
    await close();
    throw error;
  }
}

async function takeOwnership(ask: Ask, patienceMs: number): ReturnType<LockSession["takeOwnership"]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { isOwner } = await ask(
      (sql) => sql<{ isOwner: boolean }[]>`
      select pg_try_advisory_lock(${lockClass}::int, ${ownerLock}::int) as "isOwner"`,
    );
    if (isOwner) {
      await ask((sql) => sql`select set_config('application_name', ${ownerName + process.pid}, false)`);
      return { isOwner: true };
    }
    if (Date.now() > deadline) return { isOwner: false, pid: await ownerPid(ask) };
    await delay(100);
  }
}

async function ownerPid(ask: Ask): Promise<number | undefined> {
  const { name } = await ask(
    (sql) => sql<{ name: string | null }[]>`
    select max(a.application_name) as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.classid = ${lockClass}::int and l.objid = ${ownerLock}::int and l.granted`,
  );
  return Number(/pid (\d+)$/.exec(name ?? "")?.[1]) || undefined;
}

async function leave(ask: Ask): Promise<boolean> {
  await ask((sql) => sql`select pg_advisory_unlock_shared(${lockClass}::int, ${usersLock}::int)`);
  const { isAlone } = await ask(
    (sql) => sql<{ isAlone: boolean }[]>`
    select pg_try_advisory_lock(${lockClass}::int, ${usersLock}::int) as "isAlone"`,
  );
  return isAlone;
}
