import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { EmbeddedPostgresError } from "./errors";
import { readPassword } from "./initialise";
import { pidFileMark, readPidFile, type PidFileMark } from "./pid-file";
import {
  disownStalePidFile,
  launch,
  runningPid,
  stopLaunched,
  stopServer,
  type Installation,
  type Launch,
} from "./postmaster";
import { databaseName, settingsTag, socketPort, superuser } from "./settings";
import type { Connection } from "./url";

/**
 * What a first connection meets. "refused" is a server that answered but will not have us, "silent" one that takes a
 * connection and says nothing, "absent" none at all.
 */
type Answer =
  | { state: "ready"; dataDirectory: string; tag: string; isInUse: boolean; mark: PidFileMark }
  | { state: "busy" | "silent" | "absent" | "unclear" | "refused"; message: string };

const retryLaunchMs = 30_000;
/** A server whose folder was moved away looks once a minute whether its pid file is still its own, and ends then. */
const retryMemoryMs = 90_000;
const silenceMs = 20_000;

/** What has been seen so far, in milliseconds of Date.now(). */
interface Progress {
  startedAt: number;
  silentSince: number | undefined;
  lastWord: number;
  /** What differed between the server that answered and the cluster. */
  mismatch: string | undefined;
}

function newProgress(): Progress {
  const now = Date.now();
  return { startedAt: now, silentSince: undefined, lastWord: now, mismatch: undefined };
}

/**
 * Makes sure that this cluster's server runs with this release's settings, and tells how to reach it.
 * @throws the signal's reason, after stopping the server if it was started here.
 */
export async function bringUp(installation: Installation): Promise<Connection> {
  const progress = newProgress();
  let launched: Launch | undefined;
  for (;;) {
    await endIfTold(installation, launched);
    const mark = await pidFileMark(installation.layout.cluster);
    const connection = await currentConnection(installation);
    const answer = await probe(connection);
    if (answer.state === "ready") {
      if (isOwnServer(installation, progress, answer, mark)) {
        if (await isAdoptable(installation, answer)) return connection;
        await stopServer(installation);
      }
    } else if (answer.state === "refused") {
      throw new EmbeddedPostgresError(
        `PostgreSQL in ${installation.layout.dataDir} refuses the connection: ${answer.message}`,
      );
    } else if (answer.state === "busy") {
      sayIfLong(installation, progress, answer.message);
    } else {
      const pid = await runningPid(installation);
      if (pid !== undefined) await stopIfUnresponsive(installation, progress, pid);
      else if (answer.state === "silent") sayIfLong(installation, progress, answer.message);
      else {
        if (answer.state === "absent") await disownStalePidFile(installation);
        launched = await launchAgain(installation, launched, progress);
      }
    }
    if (answer.state === "ready" || answer.state === "busy") progress.silentSince = undefined;
    await delay(40);
  }
}

async function endIfTold(installation: Installation, launched: Launch | undefined): Promise<void> {
  if (installation.signal?.aborted && launched) await stopLaunched(installation, launched);
  installation.signal?.throwIfAborted();
}

/**
 * To be asked before a cluster is made: a server whose folder was moved away goes on, and writes some of its files, such as
 * `global/pg_control`, where it was started.
 * @throws EmbeddedPostgresError when there is one.
 */
export async function refuseMovedServer(installation: Installation): Promise<void> {
  // Over TCP, only the pid file tells the port, which a moved folder has with it.
  if (installation.transport === "tcp") return;
  const progress = newProgress();
  for (;;) {
    installation.signal?.throwIfAborted();
    // Another process may make the cluster and start its server meanwhile.
    const mark = await pidFileMark(installation.layout.cluster);
    if (mark) return;
    const answer = await probe(await currentConnection(installation));
    if (answer.state === "ready" && isOwnServer(installation, progress, answer, mark)) return;
    if (answer.state === "busy" || answer.state === "silent")
      sayIfLong(installation, progress, answer.message);
    else if (answer.state !== "ready") return;
    await delay(40);
  }
}

/** Launches, or looks whether the last launch has failed and whether another attempt may succeed. */
async function launchAgain(
  installation: Installation,
  last: Launch | undefined,
  progress: Progress,
): Promise<Launch> {
  const failure = await last?.exited();
  if (last && failure === undefined) return last;
  if (failure !== undefined) {
    if (Date.now() - progress.startedAt > patienceWith(failure)) {
      throw new EmbeddedPostgresError(
        `PostgreSQL doesn't start in ${installation.layout.dataDir}. ${installation.layout.log} says:\n${failure}`,
      );
    }
    sayIfLong(installation, progress, failure);
    await delay(250);
  }
  return launch(installation);
}

/** How long a launch that fails with these words is tried again, in milliseconds; -1 for not at all. */
export function patienceWith(failure: string): number {
  // An earlier server or its children still have it.
  if (/shared memory/i.test(failure)) return retryMemoryMs;
  // Another process was faster, or a port was snatched away.
  return /lock file|could not bind|could not create any/i.test(failure) ? retryLaunchMs : -1;
}

async function stopIfUnresponsive(
  installation: Installation,
  progress: { silentSince?: number | undefined },
  pid: number,
): Promise<void> {
  progress.silentSince ??= Date.now();
  if (Date.now() - progress.silentSince < silenceMs) return;
  installation.log(`PostgreSQL (pid ${pid}) doesn't respond; restarting it`);
  await stopServer(installation);
  progress.silentSince = undefined;
}

function sayIfLong(installation: Installation, progress: { lastWord: number }, message: string): void {
  if (Date.now() - progress.lastWord < 10_000) return;
  progress.lastWord = Date.now();
  installation.log(`Waiting for PostgreSQL: ${message}`);
}

/** The running server tells its port and folder itself, since TMPDIR or the port may have been others then. */
async function currentConnection(installation: Installation): Promise<Connection> {
  const { layout, transport } = installation;
  const running = await readPidFile(layout.cluster);
  const common = { user: superuser, database: databaseName };
  if (transport === "tcp") {
    return { ...common, host: "127.0.0.1", port: running?.port || 1, password: await readPassword(layout) };
  }
  return { ...common, host: running?.socketDir || layout.socketDir, port: socketPort };
}

type Ready = Extract<Answer, { state: "ready" }>;

/**
 * Whether the server that answers runs in this cluster and not in one that was moved away; to be asked again when not yet.
 * @throws EmbeddedPostgresError when it runs elsewhere.
 */
function isOwnServer(
  { layout }: Installation,
  progress: Progress,
  { dataDirectory, mark: its }: Ready,
  own: PidFileMark | null,
): boolean {
  if (dataDirectory !== layout.cluster && process.platform !== "win32") {
    throw new EmbeddedPostgresError(
      `The PostgreSQL server at ${layout.socketDir} belongs to another folder (${dataDirectory}). Choose another DATA_DIR.`,
    );
  }
  if (own?.text === its.text && own.changedAt === its.changedAt) return true;
  // A server that starts or stops between the two looks differs once, but not twice in the same way.
  const mismatch = JSON.stringify([own, its]);
  if (progress.mismatch !== mismatch) {
    progress.mismatch = mismatch;
    return false;
  }
  const pid = /^\d+/.exec(its.text)?.[0];
  throw new EmbeddedPostgresError(
    `A PostgreSQL server${pid ? ` (pid ${pid})` : ""} that was started in ${layout.cluster} still runs in a folder that was ` +
      "moved since, and would write parts of its database here. Move that folder back, start and stop the program that " +
      "used it, and move it then.",
  );
}

async function isAdoptable(installation: Installation, { tag, isInUse }: Ready): Promise<boolean> {
  if (tag === settingsTag(installation.transport) || isInUse) return true;
  // One in another container answers, but can't be stopped from here.
  if ((await runningPid(installation)) === undefined) return true;
  installation.log("Restarting PostgreSQL, which another release left running");
  return false;
}

async function probe(connection: Connection): Promise<Answer> {
  const sql = postgres({
    ...connection,
    database: "postgres",
    max: 1,
    connect_timeout: 5,
    onnotice: () => undefined,
  });
  try {
    const [row] = await sql<
      {
        dataDirectory: string;
        tag: string;
        isInUse: boolean;
        pidFile: Buffer | null;
        changedAt: string | null;
      }[]
    >`
      select current_setting('data_directory') as "dataDirectory", current_setting('cluster_name') as tag,
        exists (select from pg_locks where locktype = 'advisory') as "isInUse",
        pg_read_binary_file('postmaster.pid', 0, 8192, true) as "pidFile",
        floor(extract(epoch from (pg_stat_file('postmaster.pid', true)).change))::bigint::text as "changedAt"`;
    const { pidFile, changedAt, ...answer } = row!;
    return { state: "ready", ...answer, mark: { text: pidFile?.toString("utf8") ?? "", changedAt } };
  } catch (error) {
    return failedAnswer(error, connection);
  } finally {
    await sql.end({ timeout: 1 }).catch(() => undefined);
  }
}

function failedAnswer(error: unknown, { host }: Connection): Exclude<Answer, Ready> {
  const { code = "", message } = error as { code?: string; message: string };
  // 57P03: starting, recovering or shutting down; 53300: every connection is taken.
  if (code === "57P03" || code === "53300" || code === "57P01") return { state: "busy", message };
  if (/^[0-9A-Z]{5}$/.test(code) && code !== "EPIPE") return { state: "refused", message };
  if (code === "EACCES" || code === "EPERM") return { state: "refused", message };
  if (code === "ECONNREFUSED" || code === "ENOENT") return { state: "absent", message };
  // Only our server has the socket; behind a port may be a stranger by now.
  const isSilent = code === "CONNECT_TIMEOUT" && host.startsWith("/");
  return { state: isSilent ? "silent" : "unclear", message };
}

/** Whether an error tells that the server went away, and not that it refused what was asked. */
export function hasVanished(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  // What sockets and postgres.js say; in SQLSTATE, class 57P is shutdown and 08 a lost connection.
  return typeof code === "string" && /^(ECONN|CONNECT|EPIPE|ENOENT$|57P|08)/.test(code);
}

/** Makes the program's database in a fresh cluster. */
export async function ensureDatabase(connection: Connection): Promise<void> {
  const sql = postgres({ ...connection, database: "postgres", max: 1, onnotice: () => undefined });
  try {
    const [found] = await sql`select from pg_database where datname = ${databaseName}`;
    if (!found) await sql.unsafe(`create database ${databaseName}`);
  } catch (error) {
    // Another process made it in the same moment.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    await sql.end();
  }
}
