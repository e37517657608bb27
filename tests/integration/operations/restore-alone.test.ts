import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, connect, database, type RawSql } from "@/db/client";
import { stopListening } from "@/db/pg-notify";
import { holdsSetUpLock, tryToTakeSetUpLock } from "@/db/set-up-lock";
import { refreshEnv } from "@/lib/env";
import { operatorActor } from "@/lib/services/audit/actor";
import { createBackup } from "@/lib/services/backup/create-backup";
import { replaceRows, restoreBackup } from "@/lib/services/backup/restore-backup";
import { distributeTables } from "@/lib/services/install/distribute-tables";
import { openInstallation } from "@/lib/services/install/open-installation";
import { provideAdmin } from "../../support/admin-program";
import { isLeftOut } from "../../support/citus";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents } from "../../support/stored-events";

provideOwnDatabase();

const isSkipped = isLeftOut("a backup is of one PostgreSQL server");
const actor = operatorActor("command line");
const runAdmin = provideAdmin();
let folder: string;
let file: string;
/** Another program's session, as the restore refuses to run beside ours. */
let stranger: RawSql;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-restore-"));
  process.env.DATA_DIR = folder;
  refreshEnv();
  stranger = connect(process.env.DATABASE_URL!, { connection: { application_name: "another program" } });
  if (isSkipped) return;
  ({ file } = await createBackup(actor, { folder, isVerified: false }));
  const company = await makeCompany("Not in the backup");
  await storeEvents(company, [
    { type: "Logon", user: "jane", computer: "pc", at: Date.now() - 60_000, site: 0 },
  ]);
});
afterAll(async () => {
  await stranger.end();
  delete process.env.DATA_DIR;
  refreshEnv();
  await rm(folder, { recursive: true, force: true });
});

/** How many sessions of this database wait for such a lock. */
async function waitingFor(kind: "advisory" | "relation"): Promise<number> {
  const [row] = await stranger<{ count: number }[]>`
    select count(*)::int as count from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where a.datname = current_database() and l.locktype = ${kind} and not l.granted`;
  return row!.count;
}

it.skipIf(isSkipped)(
  "a server that starts during a restore waits, and then finds what was restored",
  async () => {
    await stopListening();
    await closeDatabase();
    let restoring: ReturnType<typeof runAdmin> | undefined;
    let opening: ReturnType<typeof openInstallation> | undefined;
    let isOpen = false;
    await stranger.begin(async (tx) => {
      await tx`lock table events in access share mode`;
      restoring = runAdmin("restore", file, "--force");
      // It has looked for servers, and loaded the scratch database.
      await expect.poll(() => waitingFor("relation"), { timeout: 50_000 }).toBe(1);
      opening = openInstallation("server").finally(() => (isOpen = true));
      await expect.poll(() => waitingFor("advisory")).toBe(1);
      expect(isOpen).toBe(false);
    });
    expect(await restoring).toMatchObject({ code: 0, text: expect.stringContaining("Restored the backup") });
    const installation = await opening!;
    const [found] = await database().execute(sql`
    select (select count(*)::int from events) as events,
      (select count(*)::int from audit_log where action = 'backup.restore') as restores`);
    await installation.close();
    expect(found).toEqual({ events: 0, restores: 1 });
  },
);

it.skipIf(isSkipped)("a restore is refused while another program starts, and changes nothing", async () => {
  const holder = connect(process.env.DATABASE_URL!, { max: 1 });
  const names = () => stranger`select name from app_auth_companies order by id`;
  const before = await names();
  expect(await tryToTakeSetUpLock(holder)).toBe(true);
  await expect(restoreBackup(actor, file, { isForced: true })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("is starting on this database"),
  });
  await holder.end();
  expect(await names()).toEqual(before);
});

it("a distribution is refused while another program starts", async () => {
  const holder = connect(process.env.DATABASE_URL!, { max: 1 });
  expect(await tryToTakeSetUpLock(holder)).toBe(true);
  await expect(distributeTables()).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("is starting on this database"),
  });
  await holder.end();
  // Without a cluster there is nothing to move; it has got as far as to ask for one.
  expect(await distributeTables()).toBe(isSkipped ? "already done" : "without Citus");
});

it("a command that waits for another program says so, as a server does", async () => {
  const holder = connect(process.env.DATABASE_URL!, { max: 1 });
  expect(await tryToTakeSetUpLock(holder)).toBe(true);
  const listing = runAdmin("list-companies");
  await expect.poll(() => waitingFor("advisory")).toBe(1);
  await holder.end();
  expect(await listing).toMatchObject({
    code: 0,
    text: expect.stringContaining("Waiting for another WinAuthMon program, which sets up or restores"),
  });
});

it("a connection that replaces a lost one doesn't hold the lock, and no row is replaced over it", async () => {
  let target!: RawSql;
  const lost = new Promise<void>((resolve) => {
    target = connect(process.env.DATABASE_URL!, { max: 1, onclose: () => resolve() });
  });
  const isHeld = () => target.begin((tx) => holdsSetUpLock(tx));
  expect(await tryToTakeSetUpLock(target)).toBe(true);
  expect(await isHeld()).toBe(true);
  const [backend] = await target<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await stranger`select pg_terminate_backend(${backend!.pid}::int)`;
  await lost;
  expect(await isHeld()).toBe(false);
  await expect(replaceRows(process.env.DATABASE_URL!, target, false)).rejects.toMatchObject({
    code: "conflict",
  });
  await target.end();
});
