import { once } from "node:events";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { connect } from "@/db/client";
import { openLayout } from "@/db/embedded/layout";
import { isServerOf, readPidFile } from "@/db/embedded/pid-file";
import { tryToTakeSetUpLock } from "@/db/set-up-lock";
import { provideOwnDatabase } from "../support/own-database";
import { bundleServerWithoutPages, startIngestServer } from "../support/server-process";

provideOwnDatabase();

let program: string;
let dataDir: string;

beforeAll(async () => {
  program = await bundleServerWithoutPages();
});
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "winauthmon-early-"));
});
afterEach(async () => {
  // What a test that fails leaves would outlive its folder.
  const { cluster } = await openLayout(dataDir);
  const pid = (await readPidFile(cluster))?.pid;
  if (pid !== undefined && (await isServerOf(cluster, pid))) process.kill(pid, "SIGINT");
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Begins to start a server. Settles when its process has begun. */
function begin(databaseUrl: string): { child: ChildProcess; ready: Promise<unknown> } {
  let child!: ChildProcess;
  const apiKey = "d2".repeat(32);
  const ready = startIngestServer(program, { dataDir, databaseUrl, apiKey }, (begun) => (child = begun));
  ready.catch(() => undefined);
  return { child, ready };
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
  it(`a first start that ${signal} breaks off leaves no PostgreSQL, and the next start works`, async () => {
    const { child, ready } = begin("");
    const ended = once(child, "exit");
    const { cluster } = await openLayout(dataDir);
    await expect.poll(() => readPidFile(cluster), { interval: 2 }).toBeTruthy();
    const { pid } = (await readPidFile(cluster))!;
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(await isServerOf(cluster, pid)).toBe(false);
    await expect(ready).rejects.toThrow("The server ended before it was ready");
    const next = begin("");
    await next.ready;
    next.child.kill("SIGTERM");
    expect(await once(next.child, "exit")).toEqual([0, null]);
  });

it("a start that waits for another program ends when it is told to", async () => {
  const holder = connect(process.env.DATABASE_URL!, { max: 1 });
  expect(await tryToTakeSetUpLock(holder)).toBe(true);
  const { child } = begin(process.env.DATABASE_URL!);
  const ended = once(child, "exit");
  const waiting = () => holder`
    select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
  await expect.poll(async () => (await waiting()).length).toBe(1);
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await holder.end();
});
