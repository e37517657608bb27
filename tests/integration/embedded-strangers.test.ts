import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { connectEmbedded, startEmbeddedPostgres, type EmbeddedPostgres } from "@/db/embedded";
import { isAlive, readPidFile } from "@/db/embedded/pid-file";
import { spawnEmbedded } from "../support/embedded-process";
import { copyFolder } from "../support/migrated-folder";

let madeOnce: string;
const parents: string[] = [];
const running: EmbeddedPostgres[] = [];
/** Servers that are left running, by process number. */
const left: number[] = [];

const remove = (folder: string) =>
  rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

beforeAll(async () => {
  madeOnce = await mkdtemp(path.join(tmpdir(), `winauthmon-test-${process.pid}-`));
  await (await startEmbeddedPostgres({ dataDir: madeOnce })).stop();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  for (const pid of left.splice(0)) if (isAlive(pid)) process.kill(pid, "SIGQUIT");
  for (const parent of parents.splice(0)) await remove(parent);
});
afterAll(() => remove(madeOnce));

async function usedDataDir(): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), `winauthmon-test-${process.pid}-`));
  parents.push(parent);
  const dataDir = path.join(parent, "data");
  await mkdir(dataDir, { mode: 0o700 });
  await copyFolder(path.join(madeOnce, "postgres"), clusterOf(dataDir));
  return dataDir;
}

const clusterOf = (dataDir: string) => path.join(dataDir, "postgres");
const pidFileOf = (dataDir: string) => path.join(clusterOf(dataDir), "postmaster.pid");

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const embedded = await startEmbeddedPostgres({ dataDir });
  running.push(embedded);
  return embedded;
}

/** Whether the database has a table that this file makes. */
async function hasMark(url: string): Promise<boolean> {
  const sql = connect(url, { max: 1 });
  const [row] = await sql<{ found: boolean }[]>`select to_regclass('mark') is not null as found`;
  await sql.end();
  return row!.found;
}

/** Leaves a PostgreSQL running whose program was killed; gives its process number. */
async function leaveRunning(dataDir: string): Promise<number> {
  const killed = spawnEmbedded(dataDir);
  const outcome = await killed.outcome;
  if ("error" in outcome) throw new Error(outcome.error);
  const sql = connect(outcome.url, { max: 1 });
  await sql`create table mark (n int)`;
  await sql.end();
  const { pid } = (await readPidFile(clusterOf(dataDir)))!;
  left.push(pid);
  await killed.kill("SIGKILL");
  return pid;
}

test("a PostgreSQL left running in a folder that was moved away isn't taken for another's, which isn't made", async () => {
  const dataDir = await usedDataDir();
  const away = path.join(dataDir, "postgres-newer");
  const pid = await leaveRunning(dataDir);
  await rename(clusterOf(dataDir), away);
  await expect(start(dataDir)).rejects.toThrow(`A PostgreSQL server (pid ${pid}) that was started in`);
  expect((await readdir(dataDir)).toSorted()).toEqual(["postgres-newer", "postgres.log", "run"]);
  await rename(away, clusterOf(dataDir));
  expect(await hasMark((await start(dataDir)).url)).toBe(true);
  expect((await readPidFile(clusterOf(dataDir)))!.pid).toBe(pid);
});

test("nor for that of a copy in its place, although the copy has its pid file", async () => {
  const dataDir = await usedDataDir();
  const [copy, away] = [path.join(dataDir, "copy"), path.join(dataDir, "postgres-newer")];
  const pid = await leaveRunning(dataDir);
  // What tells them apart is the second in which the files came about.
  const { ctimeMs } = await stat(pidFileOf(dataDir));
  await expect.poll(() => Date.now() - ctimeMs).toBeGreaterThan(1_000);
  await copyFolder(path.join(madeOnce, "postgres"), copy);
  await copyFile(pidFileOf(dataDir), path.join(copy, "postmaster.pid"));
  await rename(clusterOf(dataDir), away);
  await rename(copy, clusterOf(dataDir));
  await expect(start(dataDir)).rejects.toThrow(`A PostgreSQL server (pid ${pid}) that was started in`);
  await rename(clusterOf(dataDir), copy);
  await rename(away, clusterOf(dataDir));
  expect(await hasMark((await start(dataDir)).url)).toBe(true);
});

/** In another container, the number of a running server may be a stranger's: the pid file is as that program sees it. */
test("the pid file of a server that answers isn't touched, though its number is a stranger's here", async () => {
  const dataDir = await usedDataDir();
  const server = await start(dataDir);
  const file = pidFileOf(dataDir);
  const [whole, { uid, gid }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
  const stranger = spawn("sleep", ["60"], process.geteuid?.() === 0 ? { uid, gid } : {});
  try {
    const foreign = whole.replace(/^\d+/, String(stranger.pid));
    await writeFile(file, foreign);
    const tool = await connectEmbedded({ dataDir });
    expect(await hasMark(tool.url)).toBe(false);
    await tool.stop();
    expect(await readFile(file, "utf8")).toBe(foreign);
  } finally {
    await writeFile(file, whole);
    stranger.kill("SIGKILL");
  }
  expect(await hasMark(server.url)).toBe(false);
});
