import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, database } from "@/db/client";
import { refreshEnv } from "@/lib/env";
import { unseal } from "@/lib/secret-box";
import { operatorActor } from "@/lib/services/audit/actor";
import { verifyAudit } from "@/lib/services/audit/verify-audit";
import { readArchive } from "@/lib/services/backup/read-archive";
import { createBackup } from "@/lib/services/backup/create-backup";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import { installationState } from "@/lib/services/install/installation-state";
import { isLeftOut } from "../../support/citus";
import { setSettings } from "../../support/aged-records";
import { makeChannel } from "../../support/notifying";
import { makeUser } from "../../support/people";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const isSkipped = isLeftOut("a backup is of one PostgreSQL server");
const actor = operatorActor("command line");
let folder: string;
let company: TestCompany;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-backup-"));
  process.env.DATA_DIR = folder;
  refreshEnv();
  installationState.opened = { isEmbedded: true, openedAt: Date.now() };
  await setSettings({ timeZone: "UTC", backupKeepCount: 3 });
  company = await makeCompany("Backed up ☃ \\N\ttab", 2);
  await makeUser("GlobalAdmin", [{ companyId: company.companyId, role: "CompanyAdmin" }]);
});
afterAll(async () => {
  delete process.env.DATA_DIR;
  refreshEnv();
  await rm(folder, { recursive: true, force: true });
});

const dayAgo = () => Date.now() - 86_400_000;

async function storeOne(user: string): Promise<void> {
  await storeEvents(company, [{ type: "Logon\\t", user, computer: 'pc "1"', at: dayAgo(), site: 1 }]);
}

async function accountNames(): Promise<Set<string>> {
  const rows = await database().execute<{ name: string }>(
    sql`select a.name from events e join accounts a on a.company_id = e.company_id and a.id = e.account_id`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** Every row of every table as text, so that nothing of it can be lost unseen. */
async function contents(): Promise<Record<string, string[]>> {
  const tables = await database().execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await database().execute<{ row: string }>(
      sql`select t::text as row from ${sql.identifier(name)} t order by 1`,
    );
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

const isAudit = (name: string) => name.startsWith("audit_");

async function scratchDatabases(): Promise<number> {
  const [row] = await database().execute<{ count: number }>(
    sql`select count(*)::int as count from pg_database where starts_with(datname, current_database() || '_scratch_')`,
  );
  return row!.count;
}

/** Root may read every file, so 65534 asks in its place. */
async function withoutRights<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid!(65_534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid!(0);
  }
}

/** A notification that no channel has yet, one that waits for a message, and one whose message waits and is to be reminded of. */
async function insertMessages({ companyId }: TestCompany, channelId: number): Promise<void> {
  const group = randomUUID();
  const ids = await database().execute<{ id: number }>(sql`
    insert into notifications (company_id, kind, severity, params, is_routed)
    select ${companyId}, 'computer.silent', 'warning', '{}', routed from unnest('{false,true,true}'::boolean[]) as routed
    returning id`);
  const [, waiting, told] = ids.map(({ id }) => id);
  await database().execute(sql`
    insert into notification_items (company_id, channel_id, notification_id, is_critical, group_id, told_at)
    values (${companyId}, ${channelId}, ${waiting!}, false, null, null),
      (${companyId}, ${channelId}, ${told!}, false, ${group}, now())`);
  await database().execute(sql`
    insert into notification_deliveries (company_id, channel_id, group_id, reason, severity, notification_count, next_attempt_at)
    values (${companyId}, ${channelId}, ${group}, 'news', 'warning', 1, now() + interval '9 hours')`);
  await database().execute(sql`
    insert into queue_entries (company_id, queue, key, run_at)
    select ${companyId}, queue, ${String(channelId)}, now() + interval '9 hours'
    from unnest('{messages,deliveries,jobs}'::text[]) as queue`);
}

/** A report that is due tomorrow, and one of its runs that a user requested. */
async function insertSchedule({ companyId }: TestCompany): Promise<number> {
  const [schedule] = await database().execute<{ id: number }>(sql`
    insert into report_schedules (company_id, view_name, owner_name, kind, weekday, day, hour, minute, range_name, format,
      due_zone, next_due_at)
    values (${companyId}, 'Week', 'jane', 'daily', 1, 1, 6, 0, 'yesterday', 'csv', 'UTC', now() + interval '1 day')
    returning id`);
  await database().execute(sql`
    insert into report_runs (company_id, schedule_id, due_at, reason, state)
    values (${companyId}, ${schedule!.id}, now(), 'asked', 'waiting')`);
  return schedule!.id;
}

describe("a backup", () => {
  it.skipIf(isSkipped)(
    "made under load holds every event acknowledged before it began, and restores to the very same rows",
    async () => {
      const before: string[] = [];
      let isOver = false;
      let count = 0;
      const sender = async () => {
        while (!isOver) {
          const name = `person ${(count += 1)}`;
          await storeOne(name);
          before.push(name);
        }
      };
      const senders = Promise.all([sender(), sender(), sender()]);
      while (before.length < 100) await new Promise((resolve) => setTimeout(resolve, 10));
      const acknowledged = [...before];
      const backup = await createBackup(actor, { folder });
      isOver = true;
      await senders;
      expect(before.length).toBeGreaterThan(acknowledged.length);
      expect(backup).toMatchObject({ isVerified: true, note: null });
      expect(backup.events).toBeGreaterThanOrEqual(acknowledged.length);
      expect((await stat(backup.file)).mode & 0o777).toBe(0o600);

      await restoreBackup(actor, backup.file, { isForced: true });
      const restored = await accountNames();
      expect(acknowledged.filter((name) => !restored.has(name))).toEqual([]);
      expect(await verifyAudit()).toMatchObject({ ok: true });
      expect(await scratchDatabases()).toBe(0);
    },
  );

  it.skipIf(isSkipped)("restored as a copy sends nothing by itself", async () => {
    const channel = await makeChannel(company, { type: "webhook", url: "https://hooks.example.com/a" });
    await database().execute(sql`
      insert into mail_messages (message_id, kind, address, params) values (gen_random_uuid(), 'test', 'a@example.com', '{}')`);
    await insertMessages(company, channel.id);
    const view = await insertSchedule(company);
    const backup = await createBackup(actor, { folder: path.join(folder, "copy") });
    const earlier = await contents();
    await restoreBackup(actor, backup.file, { isForced: true, isCopy: true });
    const [found] = await database().execute(sql`
      select c.disabled_reason, (select array_agg(state) from mail_messages) as mails, s.next_due_at,
        s.paused_at is not null as is_paused, (select array_agg(state) from report_runs) as runs
      from notification_channels c, report_schedules s where c.id = ${channel.id} and s.id = ${view}`);
    expect(found).toEqual({
      disabled_reason: "it is in a restored copy",
      mails: ["dropped"],
      next_due_at: null,
      is_paused: true,
      runs: ["missed"],
    });
    const [sending] = await database().execute(sql`
      select (select array_agg(state) from notification_deliveries) as deliveries,
        (select count(*)::int from notification_items where group_id is null or reminded_at is null) as items,
        (select count(*)::int from notifications where not is_routed) as unrouted,
        (select array_agg(distinct queue::text) from queue_entries) as queues`);
    expect(sending).toEqual({ deliveries: ["dropped"], items: 0, unrouted: 0, queues: ["jobs"] });
    await restoreBackup(actor, backup.file, { isForced: true });
    const changed = [
      "notification_channels",
      "notification_deliveries",
      "notification_items",
      "notifications",
      "queue_entries",
      "report_schedules",
      "report_runs",
      "mail_messages",
    ];
    const later = await contents();
    expect(changed.map((name) => later[name])).toEqual(changed.map((name) => earlier[name]));
  });

  it.skipIf(isSkipped)("brings every row back as it was, and the portal goes on from there", async () => {
    const earlier = await contents();
    const backup = await createBackup(actor, { folder: path.join(folder, "exact") });
    await database().execute(sql`delete from events`);
    await database().execute(sql`update app_auth_companies set name = 'spoilt ' || id`);
    await restoreBackup(actor, backup.file, { isForced: true });
    const later = await contents();
    const withoutAudit = (all: Record<string, string[]>) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !isAudit(name)));
    expect(withoutAudit(later)).toEqual(withoutAudit(earlier));
    expect(later.audit_log!.slice(0, earlier.audit_log!.length)).toEqual(earlier.audit_log);

    await storeOne("after the restore");
    expect(await accountNames()).toContain("after the restore");
    const [forced] = await database().execute<{ count: number }>(
      sql`select count(*)::int as count from pg_class where relname = 'events' and relforcerowsecurity`,
    );
    expect(forced!.count).toBe(1);
    const [key] = await database().execute<{ sealed: Buffer }>(
      sql`select key_encrypted as sealed from app_auth_api_keys limit 1`,
    );
    expect(unseal(key!.sealed, "api-key")).toMatch(/^[0-9a-f]{64}$/);
    const [last] = await database().execute<{ action: string }>(
      sql`select action from audit_log where action like 'backup.%' order by seq desc limit 1`,
    );
    expect(last!.action).toBe("backup.restore");
  });

  it.skipIf(isSkipped).each([
    ["checked when it is made", true],
    ["not checked", false],
  ])("with a row of more than 16 MiB restores to the same row, %s", async (_, isVerified) => {
    const [made] = await database().execute<{ hash: string }>(sql`
      update app_auth_companies set privacy_text = repeat(md5(random()::text), 17 * 32768)
      where id = ${company.companyId} returning md5(privacy_text) as hash`);
    const backup = await createBackup(actor, { folder: path.join(folder, `wide ${isVerified}`), isVerified });
    expect(backup.isVerified).toBe(isVerified);
    await database().execute(sql`update app_auth_companies set privacy_text = null`);
    await restoreBackup(actor, backup.file, { isForced: true });
    const [restored] = await database().execute<{ hash: string }>(sql`
      update app_auth_companies c set privacy_text = null from app_auth_companies old
      where c.id = ${company.companyId} and old.id = c.id returning md5(old.privacy_text) as hash`);
    expect(restored).toEqual(made);
  });

  it.skipIf(isSkipped)(
    "is not restored over an installation in use unless that is forced, nor beside a running server",
    async () => {
      const { file } = await createBackup(actor, { folder: path.join(folder, "guarded"), isVerified: false });
      await expect(restoreBackup(actor, file)).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("not empty"),
      });
      const server = connect(process.env.DATABASE_URL!, {
        max: 1,
        connection: { application_name: "winauthmon server" },
      });
      await server`select 1`;
      await expect(restoreBackup(actor, file, { isForced: true })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("in use"),
      });
      await server.end();
    },
  );

  it.skipIf(isSkipped)(
    "that is damaged, cut off or something else is refused, and the database stays as it is",
    async () => {
      const { file } = await createBackup(actor, { folder: path.join(folder, "whole"), isVerified: false });
      const whole = await readFile(file);
      const earlier = await contents();
      const refused = async (name: string, bytes: Buffer) => {
        const bad = path.join(folder, name);
        await writeFile(bad, bytes);
        await expect(restoreBackup(actor, bad, { isForced: true })).rejects.toMatchObject({
          code: "invalid",
        });
      };
      await refused("cut.tar.gz", whole.subarray(0, whole.length - 2000));
      await refused("nothing.tar.gz", Buffer.alloc(0));
      await refused("text.tar.gz", Buffer.from("this is no backup"));
      const flipped = Buffer.from(whole);
      flipped[Math.floor(whole.length / 2)]! ^= 0x55;
      await refused("flipped.tar.gz", flipped);
      await truncate(file, 0);
      expect(await contents()).toEqual(earlier);
      expect(await scratchDatabases()).toBe(0);
    },
  );

  it.each([
    ["missing.tar.gz", "there is no such file"],
    ["a folder.tar.gz", "it is a folder"],
  ])("%s is refused in words of its own, not as damaged", async (name, why) => {
    const file = path.join(folder, name);
    if (name.startsWith("a folder")) await mkdir(file);
    await expect(readArchive(file)).rejects.toMatchObject({
      code: "invalid",
      message: `Can't read the backup ${file}: ${why}.`,
    });
  });

  it("that this user may not read is refused in words of its own", async () => {
    const file = path.join(folder, "closed.tar.gz");
    await writeFile(file, "", { mode: 0o000 });
    await expect(withoutRights(() => readArchive(file))).rejects.toThrow("this user may not read it");
  });

  it.skipIf(isSkipped)("isn't called damaged for an error of what its rows go to", async () => {
    const { file } = await createBackup(actor, { folder: path.join(folder, "target"), isVerified: false });
    const broken = new Error("the target can't start");
    await expect(readArchive(file, () => Promise.reject(broken))).rejects.toBe(broken);
  });

  it.skipIf(isSkipped)(
    "carries the secret only when asked to, and tells whether the server has it",
    async () => {
      const plain = await createBackup(actor, { folder: path.join(folder, "plain"), isVerified: false });
      const open = await createBackup(actor, {
        folder: path.join(folder, "open"),
        isVerified: false,
        isSecretIncluded: true,
      });
      expect((await readArchive(plain.file)).secret).toBeNull();
      expect((await readArchive(open.file)).secret).toBe(process.env.AUTH_SECRET);
      const secret = process.env.AUTH_SECRET!;
      process.env.AUTH_SECRET = "another secret, made by a fresh installation";
      await writeFile(path.join(folder, "auth-secret"), process.env.AUTH_SECRET);
      try {
        expect((await restoreBackup(actor, plain.file, { isForced: true })).secret).toBe("different");
        expect((await restoreBackup(actor, open.file, { isForced: true })).secret).toBe("restored");
        expect(await readFile(path.join(folder, "auth-secret"), "utf8")).toBe(secret);
      } finally {
        process.env.AUTH_SECRET = secret;
      }
    },
  );

  it.skipIf(isSkipped)(
    "that fails its check leaves no file, however often it is tried, so that it displaces no good one",
    async () => {
      const kept = path.join(folder, "unsound");
      await storeOne("counted");
      const good = await createBackup(actor, { folder: kept });
      const spoil = (by: number) =>
        database().execute(sql`update event_counts set count = count + ${by}
          where company_id = ${company.companyId}`);
      await spoil(1);
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await expect(createBackup(actor, { folder: kept })).rejects.toMatchObject({
          code: "internal",
          message: expect.stringContaining("counts of a quarter of an hour"),
        });
        expect(await readdir(kept)).toEqual([path.basename(good.file)]);
      }
      await spoil(-1);
      expect(await createBackup(actor, { folder: kept })).toMatchObject({ isVerified: true });
      expect(await scratchDatabases()).toBe(0);
    },
  );
});
