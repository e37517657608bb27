import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bundleOnce } from "./bundle-program";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A WinAuthMon server in a process of its own, which a test may kill. */
export interface ServerProcess {
  child: ChildProcess;
  port: number;
  /** The last megabyte of what it wrote to its outputs. */
  said(): string;
  /** Memory the process holds at present, and the most it ever held, in bytes. Linux only; else null. */
  residentBytes(): Promise<{ now: number; peak: number } | null>;
  /** SIGTERM lets it finish, SIGKILL does not; settles when the process is gone. */
  end(signal: "SIGTERM" | "SIGHUP" | "SIGKILL"): Promise<void>;
}

/**
 * Starts a bundled server and waits until it takes requests.
 *
 * @param program the bundle, for instance dist/server.mjs. `openFiles` is how many descriptors it may open; `onSpawn` gets
 * the process before it is ready. @throws Error with the server's own words.
 */
export async function startServerProcess(
  program: string,
  environment: Record<string, string>,
  { openFiles, onSpawn }: { openFiles?: number; onSpawn?: (child: ChildProcess) => void } = {},
): Promise<ServerProcess> {
  const command = [process.execPath, ...(environment.NODE_FLAGS?.split(" ") ?? []), program];
  const limited = openFiles === undefined ? [] : ["sh", "-c", `ulimit -n ${openFiles}; exec "$@"`, "sh"];
  const [first, ...rest] = [...limited, ...command];
  const child = spawn(first!, rest, {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NODE_OPTIONS: "", PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onSpawn?.(child);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // Later than its end, once all that it wrote has been read.
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let output = "";
  const hear = (chunk: Buffer) => (output = (output + String(chunk)).slice(-1_000_000));
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const said = () => output;
  const port = await portOf(child, closed, said);
  return {
    child,
    port,
    said,
    residentBytes: () => residentBytes(child.pid!),
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

/** Starts a bundled server for agents that are never limited; `databaseUrl` is empty for a PostgreSQL of its own. */
export function startIngestServer(
  program: string,
  { dataDir, databaseUrl, apiKey }: { dataDir: string; databaseUrl: string; apiKey: string },
  onSpawn?: (child: ChildProcess) => void,
): Promise<ServerProcess> {
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: "",
    HOST: "127.0.0.1",
    INITIAL_API_KEY: apiKey,
    RATE_LIMIT_ENABLED: "false",
    BCRYPT_COST: "4",
    LOG_LEVEL: "warn",
  };
  return startServerProcess(program, environment, onSpawn && { onSpawn });
}

function portOf(child: ChildProcess, closed: Promise<void>, said: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const port = /^ {2}Address +https?:\/\/\S+:(\d+)$/m.exec(said())?.[1];
      if (!port) return;
      child.stdout!.off("data", look);
      resolve(Number(port));
    };
    child.stdout!.on("data", look);
    void closed.then(() => reject(new Error(`The server ended before it was ready:\n${said()}`)));
  });
}

async function residentBytes(pid: number): Promise<{ now: number; peak: number } | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kibibytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? NaN);
  const [now, peak] = [kibibytes("VmRSS"), kibibytes("VmHWM")];
  return Number.isNaN(now) ? null : { now: now * 1024, peak: peak * 1024 };
}

/**
 * Bundles server.ts as `npm start` does, but with a Next that only answers 404, so that what stands ahead of
 * Next can be tested without building the pages. `alias` puts other modules in place of some. Returns the bundle's path.
 */
export function bundleServerWithoutPages(alias: Record<string, string> = {}): Promise<string> {
  const next = path.join(root, "tests/support/next-without-pages.ts");
  return bundleOnce("server.ts", ["server", ...Object.keys(alias)].join("-"), { next, ...alias });
}
