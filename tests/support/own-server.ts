import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeTestDataFolder } from "./migrated-folder";

/** What superadmin signs in with where the built-in password must not be changed first. */
export const PASSWORD = "Quiet-Harbour-47-lamps";

export interface OwnServer {
  url: string;
  /** What it wrote to its outputs. */
  said(): string;
  stop(): Promise<void>;
}

/** Starts the built program on an installation without data and a free port of its own. */
export async function startOwnServer(env: Record<string, string> = {}): Promise<OwnServer> {
  const dataDir = env.DATABASE_URL
    ? await mkdtemp(path.join(tmpdir(), "winauthmon-e2e-"))
    : await makeTestDataFolder("winauthmon-e2e-");
  const child = spawn(process.execPath, ["dist/server.mjs"], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: "0",
      HOST: "127.0.0.1",
      DATABASE_URL: "",
      AUTH_SECRET: "",
      // A suite that ran before in this process may have set them for itself.
      INITIAL_ADMIN_PASSWORD: "",
      INITIAL_API_KEY: "",
      BCRYPT_COST: "4",
      LOG_LEVEL: "warn",
      NODE_ENV: "production",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += String(chunk);
      const found = /Address\s+(https?:\/\/\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void exited.then(() => reject(new Error(`The server gave up:\n${output}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  return { url, said: () => output, stop };
}

/** The key of the first site of startReadyServer. */
export const API_KEY = "e3".repeat(32);

/** A server whose superadmin has PASSWORD and whose agents have API_KEY, in UTC, without limits of rates. */
export function startReadyServer(env: Record<string, string> = {}): Promise<OwnServer> {
  return startOwnServer({
    INITIAL_API_KEY: API_KEY,
    INITIAL_ADMIN_PASSWORD: PASSWORD,
    TIMEZONE: "UTC",
    RATE_LIMIT_ENABLED: "false",
    ...env,
  });
}
