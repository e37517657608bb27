import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { closeDatabase, connect } from "@/db/client";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/db/embedded";
import { runMigrations } from "@/db/migrate";
import { refreshEnv } from "@/lib/env";
import { operatorActor } from "@/lib/services/audit/actor";
import { createBackup, type BackupOutcome } from "@/lib/services/backup/create-backup";
import { seedInstallation } from "@/lib/services/install/seed-installation";
import { spawnEmbedded } from "../../support/embedded-process";

const shared = process.env.DATABASE_URL!;
let folder: string;
let elsewhere: EmbeddedPostgres;

/** A database that is reached over TCP, as one on another machine, by a user who may not create databases there. */
beforeAll(async () => {
  process.env.AUTH_SECRET ??= randomBytes(33).toString("base64");
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-elsewhere-"));
  elsewhere = await startEmbeddedPostgres({ dataDir: path.join(folder, "elsewhere"), transport: "tcp" });
  const sql = connect(elsewhere.url, { max: 1 });
  await sql.unsafe("create role portal login password 'portal' createrole");
  await sql.unsafe("create database portal owner portal");
  await sql.end();
  const url = new URL(elsewhere.url);
  Object.assign(url, { pathname: "/portal", username: "portal", password: "portal" });
  process.env.DATABASE_URL = url.href;
  await runMigrations(url.href, async () => void (await seedInstallation()));
});
beforeEach(async () => {
  process.env.DATA_DIR = await mkdtemp(path.join(folder, "data-"));
  refreshEnv();
});
afterAll(async () => {
  await closeDatabase();
  process.env.DATABASE_URL = shared;
  delete process.env.DATA_DIR;
  refreshEnv();
  await elsewhere.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function backup(): Promise<BackupOutcome> {
  return createBackup(operatorActor("command line"), { folder: path.join(process.env.DATA_DIR!, "backups") });
}

it("a backup of a database elsewhere is checked in the data folder, which is empty again afterwards", async () => {
  expect(await backup()).toMatchObject({ isVerified: true, note: null });
  expect(await readdir(process.env.DATA_DIR!)).toEqual(["backups"]);
});

it("what a killed check left running is stopped and removed", async () => {
  const left = spawnEmbedded(path.join(process.env.DATA_DIR!, "backup-check"));
  expect(await left.outcome).toMatchObject({ url: expect.any(String) });
  await left.kill("SIGKILL");
  expect(await backup()).toMatchObject({ isVerified: true });
  expect(await readdir(process.env.DATA_DIR!)).toEqual(["backups"]);
});

it("a stop during the check leaves neither a copy nor its PostgreSQL nor a file", async () => {
  const stop = new AbortController();
  const backups = path.join(process.env.DATA_DIR!, "backups");
  const outcome = createBackup(operatorActor("command line"), { folder: backups, signal: stop.signal });
  const ended = outcome.then(
    () => null,
    (error: Error) => error.message,
  );
  // From then on a PostgreSQL is made and started, loaded, and compared.
  await expect.poll(() => readdir(process.env.DATA_DIR!), { timeout: 60_000 }).toContain("backup-check");
  stop.abort(new Error("The server is stopping."));
  expect(await ended).toBe("The server is stopping.");
  expect(await readdir(process.env.DATA_DIR!)).toEqual(["backups"]);
  expect(await readdir(backups)).toEqual([]);
}, 120_000);

it("a check that can't start leaves a backup that says so", async () => {
  await writeFile(path.join(process.env.DATA_DIR!, "backup-check"), "a file in the way");
  const outcome = await backup();
  expect(outcome).toMatchObject({
    isVerified: false,
    note: expect.stringMatching(/^The PostgreSQL for the check could not be started: .*backup-check/),
  });
  expect(await readdir(path.join(process.env.DATA_DIR!, "backups"))).toEqual([path.basename(outcome.file)]);
});

it("a database that is reached by a socket is elsewhere as well, unless it is the program's own", async () => {
  process.env.DATABASE_URL = shared;
  await closeDatabase();
  expect(new URL(shared).searchParams.has("host")).toBe(true);
  await writeFile(path.join(process.env.DATA_DIR!, "backup-check"), "a file in the way");
  const { note } = await backup();
  expect(note).toMatch(/^The PostgreSQL for the check could not be started/);
});

it("a backup into another folder is kept where nothing has made the data folder, or can't", async () => {
  const folderOfBackups = path.join(process.env.DATA_DIR!, "backups");
  process.env.DATA_DIR = path.join(folder, "not-yet", "data");
  refreshEnv();
  const actor = operatorActor("command line");
  expect(await createBackup(actor, { folder: folderOfBackups })).toMatchObject({ isVerified: true });

  await writeFile(path.join(folder, "in-the-way"), "a file");
  process.env.DATA_DIR = path.join(folder, "in-the-way");
  refreshEnv();
  const { note, file } = await createBackup(actor, { folder: folderOfBackups });
  expect(note).toMatch(/^DATA_DIR could not be looked at: /);
  expect(await readdir(folderOfBackups)).toContain(path.basename(file));
});
