import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { Binaries } from "./binaries";
import { EmbeddedPostgresError } from "./errors";
import type { Layout } from "./layout";
import { logLength, openLog, readLogFrom } from "./log-file";
import { disownPidFile, isAlive, isServerOf, readPidFile } from "./pid-file";
import { giveTo, programEnvironment, type RunAs } from "./run-as";
import { serverArguments, socketPort, type Transport } from "./settings";

const run = promisify(execFile);

/** One data folder with what it takes to run PostgreSQL on it. */
export type Installation = {
  layout: Layout;
  binaries: Binaries;
  runAs: RunAs;
  transport: Transport;
  log: (message: string) => void;
  /** Breaks off bringing it up. */
  signal?: AbortSignal | undefined;
};

/** How a launch went: `exited` tells with which words in the log the server gave up, if it has. */
export type Launch = { exited(): Promise<string | undefined> };

/**
 * Starts PostgreSQL and returns at once. The server gets a session of its own, so that neither Ctrl-C in
 * this terminal nor the death of this process takes it away before it is told to stop.
 */
export async function launch({ layout, binaries, runAs, transport }: Installation): Promise<Launch> {
  const port = transport === "tcp" ? await tcpPortOf(layout.cluster) : socketPort;
  const settings = serverArguments(transport, port, layout.socketDir);
  const mark = await logLength(layout.log);
  const explain = async () => (await readLogFrom(layout.log, mark)) || "it left no message";
  if (process.platform === "win32") return launchOnWindows(layout, binaries, settings, explain);
  const { program, args, options } = runAs.wrap(binaries.postgres, ["-D", layout.cluster, ...settings]);
  // Now that no server runs on them, the files may change hands, should the account be another than before.
  if (runAs.owner) await giveTo(layout.cluster, runAs.owner);
  const logFile = await openLog(layout.log, runAs.owner);
  try {
    let failure: string | undefined;
    const stdio = ["ignore", logFile.fd, logFile.fd] as const;
    const child = spawn(program, args, {
      ...options,
      cwd: "/",
      env: programEnvironment(),
      stdio: [...stdio],
      detached: true,
    });
    child.once("error", (error) => (failure = error.message));
    child.unref();
    return {
      exited: async () => {
        if (failure !== undefined) return failure;
        return child.exitCode === null && child.signalCode === null ? undefined : explain();
      },
    };
  } finally {
    await logFile.close();
  }
}

/** pg_ctl drops an administrator's rights, which PostgreSQL insists on. It returns when the server is up. */
async function launchOnWindows(
  { cluster, log }: Layout,
  { pgCtl }: Binaries,
  settings: string[],
  explain: () => Promise<string>,
): Promise<Launch> {
  const options = settings.map((argument) => (argument.includes(" ") ? `"${argument}"` : argument)).join(" ");
  const failure = await run(pgCtl, [
    "start",
    "-w",
    "-t",
    "600",
    "-D",
    cluster,
    "-l",
    log,
    "-o",
    options,
  ]).then(() => undefined, explain);
  return { exited: async () => failure };
}

const usedPorts = new Map<string, number>();

/** The port that this process's connections to the cluster know, while it is free; else any that is. */
async function tcpPortOf(cluster: string): Promise<number> {
  const used = usedPorts.get(cluster);
  const port = (used !== undefined && (await freePort(used).catch(() => undefined))) || (await freePort(0));
  usedPorts.set(cluster, port);
  return port;
}

/** The port, or one that the system chooses for 0. @throws Error when it is taken. */
async function freePort(wanted: number): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) =>
    probe.once("error", reject).listen(wanted, "127.0.0.1", resolve),
  );
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The process number of this cluster's running server, if there is one that this process can see. */
export async function runningPid({ layout: { cluster } }: Installation): Promise<number | undefined> {
  const found = await readPidFile(cluster);
  return found && (await isServerOf(cluster, found.pid)) ? found.pid : undefined;
}

/**
 * Marks a pid file left behind as stale, whose number a stranger has by now.
 *
 * Only for when nothing answers: a server in another container has its number there, and stops when its pid file changes.
 */
export async function disownStalePidFile({ layout: { cluster } }: Installation): Promise<void> {
  const found = await readPidFile(cluster);
  if (found && isAlive(found.pid) && !(await isServerOf(cluster, found.pid))) await disownPidFile(cluster);
}

/** Stops the server that was launched and isn't in use yet, also when it hasn't written its pid file. */
export async function stopLaunched(installation: Installation, launched: Launch): Promise<void> {
  while ((await launched.exited()) === undefined) {
    if ((await runningPid(installation)) !== undefined) return stopServer(installation);
    await delay(25);
  }
}

/**
 * Stops the server and waits until it has gone: a fast shutdown, which ends sessions and writes everything
 * out, and after a minute an immediate one, after which the next start replays the write-ahead log.
 */
export async function stopServer(installation: Installation): Promise<void> {
  const { layout, binaries } = installation;
  const pid = await runningPid(installation);
  if (pid === undefined) return;
  if (process.platform === "win32") {
    await run(binaries.pgCtl, ["stop", "-m", "fast", "-w", "-t", "60", "-D", layout.cluster]).catch(
      () => undefined,
    );
  }
  const steps: [NodeJS.Signals, number][] = [
    ["SIGINT", 60_000],
    ["SIGQUIT", 10_000],
    ["SIGKILL", 5_000],
  ];
  for (const [signal, patienceMs] of steps) {
    if (await hasGone(layout.cluster, pid, signal, patienceMs)) return;
    installation.log(`PostgreSQL (pid ${pid}) didn't stop after ${signal}`);
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL (pid ${pid}) in ${layout.dataDir} doesn't stop. See ${path.basename(layout.log)}.`,
  );
}

async function hasGone(
  cluster: string,
  pid: number,
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  if (process.platform !== "win32" || signal === "SIGKILL") {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
  while (await isServerOf(cluster, pid)) {
    if (Date.now() > deadline) return false;
    await delay(25);
  }
  return true;
}
