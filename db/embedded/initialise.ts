import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { majorVersion, type Binaries } from "./binaries";
import { EmbeddedPostgresError } from "./errors";
import type { Layout } from "./layout";
import { isAlive } from "./pid-file";
import { giveTo, programEnvironment, type RunAs } from "./run-as";
import { superuser } from "./settings";

const run = promisify(execFile);
const stagingPrefix = "postgres.init-";
const longestAttemptMs = 10 * 60_000;

/**
 * Makes the cluster when there is none, and checks that this release can read the one there is.
 *
 * initdb works in a folder of its own that is renamed into place when all is on disk. So a cluster under
 * its name is complete, an interrupted attempt never is, and of two attempts at once one rename wins.
 */
export async function ensureCluster(layout: Layout, binaries: Binaries, runAs: RunAs): Promise<void> {
  await removeAbandonedAttempts(layout);
  if (await isClusterThere(layout)) return checkVersion(layout, binaries);
  const attempt = `${process.pid}-${hostName()}-${randomBytes(4).toString("hex")}`;
  const staging = path.join(layout.dataDir, stagingPrefix + attempt);
  try {
    await runInitdb(staging, binaries, runAs);
    await rename(path.join(staging, "cluster"), layout.cluster).catch(async (error: unknown) => {
      if (!(await isClusterThere(layout))) throw error;
    });
    await syncFolder(layout.dataDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function isClusterThere({ cluster, dataDir }: Layout): Promise<boolean> {
  const entries = await readdir(cluster).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw new EmbeddedPostgresError(`Can't read the database in DATA_DIR ${dataDir}: ${error.message}`);
  });
  if (entries.length === 0) return false;
  if (entries.includes("PG_VERSION") && entries.includes("winauthmon.password")) return true;
  throw new EmbeddedPostgresError(
    `${cluster} isn't a database created by WinAuthMon. Move it to another folder or choose another DATA_DIR.`,
  );
}

async function checkVersion({ cluster, dataDir }: Layout, binaries: Binaries): Promise<void> {
  const [found, ours] = await Promise.all([
    readFile(path.join(cluster, "PG_VERSION"), "utf8").then((text) => text.trim()),
    majorVersion(binaries),
  ]);
  if (found === String(ours)) return;
  throw new EmbeddedPostgresError(
    `The database in DATA_DIR ${dataDir} was created by PostgreSQL ${found}. This release includes PostgreSQL ${ours}, ` +
      `which can't open it. Start the release that created it, run \`npm run admin -- backup\`, stop it, move ${cluster} ` +
      "away, start this release, and run `npm run admin -- restore <file>`.",
  );
}

/** Process numbers tell only on their own host; containers that share a folder are hosts of their own. */
async function removeAbandonedAttempts({ dataDir }: Layout): Promise<void> {
  for (const name of (await readdir(dataDir)).filter((entry) => entry.startsWith(stagingPrefix))) {
    const folder = path.join(dataDir, name);
    const [pid, host] = name.slice(stagingPrefix.length).split("-");
    const hasDied = host === hostName() && Number(pid) !== process.pid && !isAlive(Number(pid));
    const begunAt = await stat(folder).then(
      (found) => found.mtimeMs,
      () => Date.now(),
    );
    if (!hasDied && Date.now() - begunAt < longestAttemptMs) continue;
    // The killed process's initdb may go on writing for a moment. What resists is left to the next start.
    const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
    await rm(folder, options).catch(() => undefined);
  }
}

function hostName(): string {
  return hostname().replaceAll(/[^A-Za-z0-9.]/g, "_");
}

async function runInitdb(staging: string, binaries: Binaries, runAs: RunAs): Promise<void> {
  const password = randomBytes(24).toString("base64url");
  const passwordFile = path.join(staging, "password");
  await mkdir(staging, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (runAs.owner) await giveTo(staging, runAs.owner);
  const { program, args, options } = runAs.wrap(binaries.initdb, [
    `--pgdata=${path.join(staging, "cluster")}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    // The socket's folder admits only the owner; TCP, where it is used at all, asks for the password.
    "--auth-local=trust",
    "--auth-host=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
  ]);
  try {
    await run(program, args, { ...options, cwd: "/", env: programEnvironment() });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new EmbeddedPostgresError(`PostgreSQL can't create its database: ${stderr?.trim() || message}`);
  }
  await rename(passwordFile, path.join(staging, "cluster", "winauthmon.password"));
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

/** The superuser's password, for TCP. */
export async function readPassword({ passwordFile }: Layout): Promise<string> {
  return (await readFile(passwordFile, "utf8")).trim();
}
