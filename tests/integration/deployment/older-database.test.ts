import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { closeDatabase, connect } from "@/db/client";
import { makeScratchDatabase, migrateUpTo, type ScratchDatabase } from "@/db/backup/scratch";
import { listMigrations } from "@/db/migrate";
import { refreshEnv } from "@/lib/env";
import { operatorActor } from "@/lib/services/audit/actor";
import { createBackup } from "@/lib/services/backup/create-backup";
import { openInstallation } from "@/lib/services/install/open-installation";
import { provideAdmin } from "../../support/admin-program";
import { isLeftOut } from "../../support/citus";
import { dropDatabase, withDatabase } from "../../support/database-nodes";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();
const admin = provideAdmin();
const isSkipped = isLeftOut("a backup is of one PostgreSQL server");

let folder: string;
let current: string;
/** A database of an older release, without connections: each test works with a copy. */
let template: ScratchDatabase;
let older: { name: string; url: string };
let copies = 0;
let migrations: number[];

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** To drop one takes a checkpoint of the whole server. */
async function dropUnlessKept(name: string): Promise<void> {
  if (!process.env.TEST_KEEPS_DATABASES) await dropDatabase(current, name);
}

async function migrationsOf(url: string): Promise<number[]> {
  const sql = connect(url, { max: 1 });
  return listMigrations(sql).finally(() => sql.end());
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-older-"));
  process.env.DATA_DIR = folder;
  refreshEnv();
  current = process.env.DATABASE_URL!;
  migrations = await migrationsOf(current);
  template = await makeScratchDatabase(current);
  await migrateUpTo(template.url, migrations.slice(0, -1));
});
beforeEach(async () => {
  const name = `${nameOf(current)}_old${(copies += 1)}`;
  const sql = connect(current, { max: 1 });
  await sql.unsafe(`create database ${name} template ${nameOf(template.url)}`).finally(() => sql.end());
  older = { name, url: withDatabase(current, name) };
  process.env.DATABASE_URL = older.url;
});
afterEach(async () => {
  await closeDatabase();
  process.env.DATABASE_URL = current;
  await dropUnlessKept(older.name);
});
afterAll(async () => {
  await dropUnlessKept(nameOf(template.url));
  delete process.env.DATA_DIR;
  refreshEnv();
  await rm(folder, { recursive: true, force: true });
});

it.each([[["backup"]], [["list-companies"]], [["purge", "--company", "1", "--yes"]]])(
  "the command line leaves the database of an older release as it is: %j",
  async (args) => {
    const refused = await admin(...args);
    expect(refused).toEqual({
      code: 1,
      text: expect.stringMatching(/^The database belongs to an older release .+ docs\/upgrading\.md .+\.\n$/),
    });
    expect(await migrationsOf(older.url)).toEqual(migrations.slice(0, -1));
  },
);

it("a server brings it up to date, and then the command line works with it", async () => {
  const installation = await openInstallation("server");
  await installation.close();
  expect(await migrationsOf(older.url)).toEqual(migrations);
  expect(await admin("list-companies")).toMatchObject({ code: 0 });
});

it("a restore isn't tried while a server of that release runs, and nothing changes", async () => {
  const server = connect(older.url, { max: 1 });
  try {
    await server`select 1`;
    const refused = await admin("restore", path.join(folder, "any.tar.gz"), "--force");
    expect(refused).toMatchObject({ code: 1, text: expect.stringContaining("The database is in use") });
    expect(await migrationsOf(older.url)).toEqual(migrations.slice(0, -1));
  } finally {
    await server.end();
  }
});

it.skipIf(isSkipped)("a restore of a file that is no backup leaves it as it is", async () => {
  const damaged = path.join(folder, "damaged.tar.gz");
  await writeFile(damaged, "not a backup");
  for (const file of [damaged, path.join(folder, "missing.tar.gz")]) {
    expect(await admin("restore", file, "--force")).toMatchObject({ code: 1 });
    expect(await migrationsOf(older.url)).toEqual(migrations.slice(0, -1));
  }
});

it.skipIf(isSkipped)("a restore may replace it once its server is stopped", async () => {
  process.env.DATABASE_URL = current;
  const { file } = await createBackup(operatorActor("command line"), { folder, isVerified: false });
  await closeDatabase();
  process.env.DATABASE_URL = older.url;
  expect(await admin("restore", file)).toMatchObject({
    code: 0,
    text: expect.stringContaining("Restored the backup"),
  });
  expect(await migrationsOf(older.url)).toEqual(migrations);
});
