import { execFile } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a running PostgreSQL writes into `postmaster.pid`. */
export type PidFile = { pid: number; port: number; socketDir: string };

export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(path.join(cluster, "postmaster.pid"), "utf8").catch(() => "");
  const [pid, , , port, socketDir] = text.split("\n");
  if (!Number(pid)) return undefined;
  return { pid: Number(pid), port: Number(port), socketDir: socketDir?.trim() ?? "" };
}

/**
 * What only the pid file of a cluster's own running server is like: its text, and when it came about, which differs in a
 * copy of the folder. The server tells the same of the folder that it runs in, wherever that has been moved to. Windows
 * doesn't know the latter.
 */
export type PidFileMark = { text: string; changedAt: string | null };

/** The mark of this cluster's pid file; null without one. */
export async function pidFileMark(cluster: string): Promise<PidFileMark | null> {
  const file = path.join(cluster, "postmaster.pid");
  try {
    const [text, { ctimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    return { text, changedAt: process.platform === "win32" ? null : String(Math.floor(ctimeMs / 1_000)) };
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether a process is the PostgreSQL server of this cluster and not a stranger with a reused number. */
export async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await commandLine(pid);
  return process.platform === "win32"
    ? /postgres/i.test(command)
    : command.includes("postgres") && command.includes(cluster);
}

async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === "linux")
      return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
    if (process.platform === "win32") return (await run("tasklist", ["/FI", `PID eq ${pid}`, "/NH"])).stdout;
    return (await run("ps", ["-ww", "-o", "command=", "-p", String(pid)])).stdout;
  } catch {
    return "";
  }
}

/**
 * Makes PostgreSQL see a stale pid file as stale, when its number now belongs to a stranger.
 *
 * The file is not removed: its other lines let PostgreSQL find children of the dead server that still
 * hold its shared memory, and refuse to start beside them.
 */
export async function disownPidFile(cluster: string): Promise<void> {
  const file = path.join(cluster, "postmaster.pid");
  const lines = (await readFile(file, "utf8")).split("\n");
  lines[0] = "2147483646";
  await writeFile(file, lines.join("\n"));
}
