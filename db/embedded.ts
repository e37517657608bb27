import { setTimeout as delay } from "node:timers/promises";
import { findBinaries } from "./embedded/binaries";
import { bringUp, ensureDatabase, hasVanished, refuseMovedServer } from "./embedded/bring-up";
import { EmbeddedPostgresError } from "./embedded/errors";
import { ensureCluster } from "./embedded/initialise";
import { openLayout } from "./embedded/layout";
import { watchLogSize } from "./embedded/log-file";
import { openLockSession, type LockSession } from "./embedded/ownership";
import { stopServer, type Installation } from "./embedded/postmaster";
import { chooseRunAs } from "./embedded/run-as";
import type { Transport } from "./embedded/settings";
import { connectionUrl, type Connection } from "./embedded/url";

export type EmbeddedPostgresOptions = {
  /** The folder that holds everything; made when absent. */
  dataDir: string;
  /** Told in plain words what happens: slow recovery, restarts, who keeps the database running. */
  log?: (message: string) => void;
  /** A Unix socket inside the data folder, save on Windows, where it is 127.0.0.1 with a generated password. */
  transport?: Transport;
  /** Breaks off the start, which is then rejected with its reason; a PostgreSQL that it has started is stopped. */
  signal?: AbortSignal | undefined;
};

export type EmbeddedPostgres = {
  /** In libpq's form: a Unix socket's folder is in `?host=`, which `connect` of db/client.ts understands. */
  url: string;
  connection: Connection;
  /** Stops PostgreSQL and waits, unless another process still uses it, which then stops it. May be called twice. */
  stop(): Promise<void>;
};

// A server that was just killed holds its lock until PostgreSQL has noticed.
const ownershipPatienceMs = 2_000;
const joinPatienceMs = 60_000;

/**
 * Starts the program's own PostgreSQL in a data folder and becomes that folder's one server.
 *
 * A server left running by a killed process is taken over. While this process lives, a PostgreSQL that
 * dies is started again. Nothing is stopped on exit: call `stop`, or the next start takes over.
 * @throws EmbeddedPostgresError when another server has the folder, or with what an administrator can do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return open(options, true);
}

/**
 * Connects a tool to a data folder's PostgreSQL beside its server, or starts it for the tool alone.
 * @throws EmbeddedPostgresError as {@link startEmbeddedPostgres}, but never because a server has the folder.
 */
export async function connectEmbedded(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return open(options, false);
}

async function open(options: EmbeddedPostgresOptions, isServer: boolean): Promise<EmbeddedPostgres> {
  const installation = await install(options);
  const state = { isStopping: false, recovery: Promise.resolve() };
  const onLost = () => {
    if (!state.isStopping && isServer) state.recovery = recover();
  };
  let { session, connection } = await join(installation, isServer, onLost);
  const endWatch = watchLogSize(installation.layout.log);

  async function recover(): Promise<void> {
    installation.log("PostgreSQL stopped; starting it again");
    while (!state.isStopping) {
      try {
        ({ session } = await join(installation, isServer, onLost));
        return installation.log("PostgreSQL is running again");
      } catch (error) {
        installation.log(
          `PostgreSQL isn't running yet: ${error instanceof Error ? error.message : String(error)}`,
        );
        await delay(1_000);
      }
    }
  }

  const stopOnce = async () => {
    state.isStopping = true;
    endWatch();
    await state.recovery;
    await leave(installation, session);
  };
  let stopped: Promise<void> | undefined;
  return { url: connectionUrl(connection), connection, stop: () => (stopped ??= stopOnce()) };
}

async function install({ dataDir, log, transport, signal }: EmbeddedPostgresOptions): Promise<Installation> {
  const [layout, binaries] = await Promise.all([openLayout(dataDir), findBinaries()]);
  const runAs = await chooseRunAs(layout, binaries);
  const usual = process.platform === "win32" ? "tcp" : "socket";
  const installation: Installation = {
    layout,
    binaries,
    runAs,
    transport: transport ?? usual,
    log: log ?? (() => undefined),
    signal,
  };
  await refuseMovedServer(installation);
  await ensureCluster(layout, binaries, runAs);
  return installation;
}

type Joined = { session: LockSession; connection: Connection };

/** Another process may stop or kill PostgreSQL between any two steps; then they are taken again. */
async function join(installation: Installation, isServer: boolean, onLost: () => void): Promise<Joined> {
  const deadline = Date.now() + joinPatienceMs;
  for (;;) {
    try {
      const joined = await tryToJoin(installation, isServer, onLost);
      if (joined) return joined;
    } catch (error) {
      if (!hasVanished(error) || Date.now() > deadline) throw error;
    }
    await delay(100);
  }
}

async function tryToJoin(
  installation: Installation,
  isServer: boolean,
  onLost: () => void,
): Promise<Joined | undefined> {
  const connection = await bringUp(installation);
  await ensureDatabase(connection);
  let hasJoined = false;
  const session = await openLockSession(connection, () => hasJoined && onLost());
  // Its last user is stopping it at this moment.
  if (session === undefined) return undefined;
  try {
    const taken = isServer ? await session.takeOwnership(ownershipPatienceMs) : { isOwner: true as const };
    if (!taken.isOwner) {
      throw new EmbeddedPostgresError(
        `DATA_DIR ${installation.layout.dataDir} is in use by another WinAuthMon server` +
          `${taken.pid === undefined ? "" : ` (pid ${taken.pid})`}. Stop it or choose another DATA_DIR.`,
      );
    }
    hasJoined = true;
    return { session, connection };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function leave(installation: Installation, session: LockSession): Promise<void> {
  const isAlone = await session.leave().catch(() => true);
  if (isAlone) await stopServer(installation);
  else installation.log("PostgreSQL keeps running for another WinAuthMon program, which stops it later");
  await session.close();
}
