import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { EmbeddedPostgresError } from "./errors";
import { readPassword } from "./initialise";
import { readPidFile } from "./pid-file";
import { launch, runningPid, stopServer, type Installation, type Launch } from "./postmaster";
import { databaseName, settingsTag, socketPort, superuser } from "./settings";
import type { Connection } from "./url";

/** What a first connection meets. "refused" is a server that answered but will not have us. */
type Answer =
  | { state: "ready"; dataDirectory: string; tag: string; isInUse: boolean }
  | { state: "busy" | "absent" | "refused"; message: string };

// A killed server's children let go of its shared memory within seconds.
const retryLaunchMs = 30_000;
const silenceMs = 20_000;

/** Makes sure that this cluster's server runs with this release's settings, and tells how to reach it. */
export async function bringUp(installation: Installation): Promise<Connection> {
  const progress = {
    startedAt: Date.now(),
    silentSince: undefined as number | undefined,
    lastWord: Date.now(),
  };
  let launched: Launch | undefined;
  for (;;) {
    const connection = await currentConnection(installation);
    const answer = await probe(connection);
    const pid = await runningPid(installation);
    if (answer.state === "ready") {
      if (await isAdoptable(installation, answer)) return connection;
      await stopServer(installation);
    } else if (answer.state === "refused") {
      throw new EmbeddedPostgresError(
        `PostgreSQL in ${installation.layout.dataDir} refuses the connection: ${answer.message}`,
      );
    } else if (answer.state === "busy") {
      sayIfLong(installation, progress, answer.message);
    } else if (pid !== undefined) {
      await stopIfUnresponsive(installation, progress, pid);
    } else {
      launched = await launchAgain(installation, launched, progress.startedAt);
    }
    if (answer.state !== "absent") progress.silentSince = undefined;
    await delay(40);
  }
}

/** Launches, or looks whether the last launch has failed and whether another attempt may succeed. */
async function launchAgain(
  installation: Installation,
  last: Launch | undefined,
  startedAt: number,
): Promise<Launch> {
  const failure = await last?.exited();
  if (last && failure === undefined) return last;
  if (failure !== undefined) {
    // Another process was faster, a dead server's children still hold its memory, or a port was snatched away.
    const mayPass = /lock file|shared memory|could not bind|could not create any/i.test(failure);
    if (!mayPass || Date.now() - startedAt > retryLaunchMs) {
      throw new EmbeddedPostgresError(
        `PostgreSQL doesn't start in ${installation.layout.dataDir}. ${installation.layout.log} says:\n${failure}`,
      );
    }
    await delay(250);
  }
  return launch(installation);
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

async function isAdoptable(
  installation: Installation,
  answer: Extract<Answer, { state: "ready" }>,
): Promise<boolean> {
  const { layout, transport } = installation;
  if (answer.dataDirectory !== layout.cluster && process.platform !== "win32") {
    throw new EmbeddedPostgresError(
      `The PostgreSQL server at ${layout.socketDir} belongs to another folder (${answer.dataDirectory}). Choose another DATA_DIR.`,
    );
  }
  if (answer.tag === settingsTag(transport) || answer.isInUse) return true;
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
    const [row] = await sql<{ dataDirectory: string; tag: string; isInUse: boolean }[]>`
      select current_setting('data_directory') as "dataDirectory", current_setting('cluster_name') as tag,
        exists (select from pg_locks where locktype = 'advisory') as "isInUse"`;
    return { state: "ready", ...row! };
  } catch (error) {
    const { code = "", message } = error as { code?: string; message: string };
    // 57P03: starting, recovering or shutting down; 53300: every connection is taken.
    if (code === "57P03" || code === "53300" || code === "57P01") return { state: "busy", message };
    if (/^[0-9A-Z]{5}$/.test(code) && code !== "EPIPE") return { state: "refused", message };
    if (code === "EACCES" || code === "EPERM") return { state: "refused", message };
    return { state: "absent", message };
  } finally {
    await sql.end({ timeout: 1 }).catch(() => undefined);
  }
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
