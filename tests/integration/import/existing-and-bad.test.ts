import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { runRetention } from "@/lib/services/retention/run-retention";
import { createCompany } from "@/lib/services/companies/create-company";
import { operatorActor } from "@/lib/services/audit/actor";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { countsOf, everythingStored, importFrom, startAfresh, storedLogs } from "../../support/import-suite";
import { setSettings } from "../../support/aged-records";
import { makeUser } from "../../support/people";
import { storeEvents } from "../../support/stored-events";
import { operatorScope } from "@/db/scope";
import {
  originalLogs,
  originalStatements,
  runOnSqlite,
  writeSqliteOriginal,
} from "../../support/original-database";
import { provideOwnDatabase } from "../../support/own-database";

const from = {
  address: "192.0.2.9",
  userAgent: "test",
  isRemembered: false,
  browser: null,
  replacedSessionId: null,
};
const zone = { timeZone: "Europe/London", company: "Keyless" };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-import-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A small original of the test's own, changed by statements. */
async function originalWith(name: string, statements: readonly string[], logs = 250): Promise<string> {
  const file = path.join(folder, `${name}.db`);
  const source = await writeSqliteOriginal(
    file,
    await originalStatements("sqlite", "Europe/London", originalLogs(logs)),
  );
  runOnSqlite(file, statements);
  return source;
}

const remarks = (report: Awaited<ReturnType<typeof importFrom>>) =>
  report.tables.flatMap(({ table, skipped, notes }) =>
    [...skipped, ...notes].map(({ text, count }) => `${table}: ${count} ${text}`),
  );

const count = async (query: string) => {
  const [row] = await database().execute<{ n: number }>(sql.raw(`select count(*)::int as n from ${query}`));
  return row!.n;
};

describe("values worse than the columns say", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("are tidied or skipped, and always counted", async () => {
    const log = (id: number, user: string, at: string, more = "1, 1") =>
      `insert into api_logs values (${id}, 'Logon', ${user}, 'PC-9', null, null, '${at}', 0, ${more})`;
    const source = await originalWith("worse", [
      log(1001, "'a' || char(0) || 'b'", "2025-06-01 10:00:00.000000"),
      log(1002, "'line' || char(10) || 'break'", "2025-06-01 10:00:00.000000"),
      log(1003, `'${"x".repeat(400)}'`, "2025-06-01 10:00:00.000000"),
      log(1004, "'<script>alert(1)</script>'", "2025-06-01 10:00:00.000000"),
      log(1005, "'future'", "2999-06-01 10:00:00.000000"),
      log(1006, "'nonsense'", "not a time"),
      log(1007, "'   '", "2025-06-01 10:00:00.000000"),
      log(1008, "'twice'", "2025-06-01 10:00:00.000100"),
      log(1009, "'twice'", "2025-06-01 10:00:00.000200"),
      log(1010, "'spring'", "2025-03-30 01:30:00.000000"),
      log(1011, "'orphan'", "2025-06-01 10:00:00.000000", "77, 88"),
      log(1012, "'key moved'", "2025-06-01 10:00:00.000000", "1, 3"),
      "update error_log set timestamp = '2999-06-01 10:00:00.000000' where id = 3",
      "update app_auth_api_keys set last_used = '2999-06-01 10:00:00.000000', created_at = '2999-06-01 10:00:00.000000' where id = 1",
      "update app_auth_companies set created_at = '2999-06-01 10:00:00.000000' where id = 2",
    ]);
    const dry = countsOf(await importFrom(source, { ...zone, isDryRun: true }));
    const report = await importFrom(source, zone);
    expect(countsOf(report).logs).toEqual({ read: 262, written: 258, changed: 0, present: 1, skipped: 3 });
    expect(dry).toEqual(countsOf(report));
    expect(remarks(report)).toEqual(
      expect.arrayContaining([
        "logs: 1 its time is more than a day in the future",
        "logs: 1 its time can't be read",
        "stored errors: 1 its time is more than a day in the future",
        "logs: 1 its user_name is empty",
        "logs: 3 shortened a name or removed its control characters",
        "logs: 1 its time was skipped when clocks went forward; moved to after the change",
      ]),
    );
    expect(countsOf(report)["stored errors"]).toMatchObject({ read: 3, written: 2, skipped: 1 });
    const later = "> now() + interval '1 day'";
    expect(await count(`api_error_logs where timestamp ${later} or last_at ${later}`)).toBe(0);
    expect(await count(`app_auth_api_keys where created_at ${later} or last_used ${later}`)).toBe(0);
    expect(await count(`app_auth_companies where created_at ${later}`)).toBe(0);
    const stored = await storedLogs();
    const named = (user: string) => stored.filter((event) => event.user_name === user);
    expect(named("a b")).toHaveLength(1);
    expect(named("line break")).toHaveLength(1);
    expect(named("x".repeat(255))).toHaveLength(1);
    expect(named("<script>alert(1)</script>")).toHaveLength(1);
    expect(named("orphan")).toMatchObject([{ company: "Keyless" }]);
    expect(named("key moved")).toMatchObject([{ company: "Acme", site: "Deleted keys (imported)" }]);
    expect(Number(named("spring")[0]!.at)).toBe(Date.UTC(2025, 2, 30, 1, 30));
  });
});

describe("rows older than what is kept", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("are skipped and counted, so that a second run after a retention has nothing to write", async () => {
    const source = await originalWith("too-old", [
      "update error_log set timestamp = '2020-01-01 10:00:00.000000' where id = (select min(id) from error_log)",
      "update api_logs set timestamp = '2020-01-01 10:00:00.000000' where id = (select min(id) from api_logs)",
    ]);
    const daysSince2021 = Math.ceil((Date.now() - Date.UTC(2021, 0, 1)) / 86_400_000);
    await setSettings({ errorRetentionDays: daysSince2021, eventRetentionDays: daysSince2021 });
    const dry = countsOf(await importFrom(source, { ...zone, isDryRun: true }));
    const report = await importFrom(source, zone);
    const counts = countsOf(report);
    expect(counts["stored errors"]).toEqual({ read: 3, written: 2, changed: 0, present: 0, skipped: 1 });
    expect(counts.logs).toMatchObject({ read: 250, written: 249, skipped: 1 });
    expect(dry).toEqual(counts);
    expect(remarks(report)).toEqual(
      expect.arrayContaining([
        "stored errors: 1 it is older than the retention period",
        "logs: 1 it is older than the retention period",
      ]),
    );

    const stored = await everythingStored();
    const deleted = await runRetention(operatorActor("scheduled job"), new AbortController().signal);
    expect(deleted).toMatchObject({ events: 0, errors: 0 });
    const again = countsOf(await importFrom(source, zone));
    expect(again["stored errors"]).toMatchObject({ written: 0, present: 2, skipped: 1 });
    expect(again.logs).toMatchObject({ written: 0, present: 249, skipped: 1 });
    expect(await everythingStored()).toEqual(stored);
  });
});

describe("an older original", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("without the newer columns and tables is brought over", async () => {
    const source = await originalWith("older", [
      "drop table app_auth_settings",
      "drop table app_auth_allowed_domains",
      "alter table error_log rename to api_error_logs",
      "alter table api_logs drop column public_ip",
      "alter table api_logs rename column local_ip to ip_address",
      "alter table app_auth_api_keys add column user_id integer",
      "alter table app_auth_users drop column mfa_required",
    ]);
    const counts = countsOf(await importFrom(source, zone));
    expect(counts.logs).toMatchObject({ read: 250, written: 250 });
    expect(counts["stored errors"]).toMatchObject({ read: 3, written: 3 });
    expect(counts.settings).toMatchObject({ read: 0 });
    expect((await storedLogs()).filter((event) => event.local_ip !== null).length).toBeGreaterThan(100);
  });
});

describe("what is here already", () => {
  provideOwnDatabase();
  beforeAll(startAfresh);

  it("is never changed or mixed up by names that are equal by chance", async () => {
    const actor = operatorActor("command line");
    const acme = await createCompany(actor, { name: "ACME" });
    const scope = operatorScope(acme.id);
    const [site] = await database().execute<{ id: number }>(
      `select id from sites where company_id = ${acme.id}`,
    );
    await storeEvents({ companyId: acme.id, name: "ACME", scope, siteIds: [site!.id] }, [
      { type: "Logon", user: "stranger", computer: "X", at: Date.UTC(2025, 1, 1) },
    ]);
    const stranger = await makeUser("User", [{ companyId: acme.id, role: "User" }]);
    await database().execute(
      sql`update app_auth_users set username = 'ANNA', email = 'other@example.org' where id = ${stranger.id}`,
    );
    await database().execute(sql`update app_auth_settings set password_min_length = 14`);
    await database().execute(
      sql`update app_auth_users set last_sign_in_at = now() where username = 'superadmin'`,
    );
    const source = await originalWith("collide", [
      "update app_auth_companies set name = 'Default Company' where id = 2",
      "update app_auth_users set email = 'BOB@acme.example' where id = 3",
    ]);
    const report = await importFrom(source, zone);
    expect(remarks(report)).toEqual(
      expect.arrayContaining([
        "companies: 1 its name belongs to another company here",
        "companies: 1 merged into an unused company of the same name",
        "users: 1 its username is in use here",
        "users: 1 already a user here with this email address; unchanged",
        "settings: 1 the settings here have been changed; unchanged",
      ]),
    );
    expect(await count(`events where company_id = ${acme.id}`), "the stranger's events").toBe(1);
    expect(await count("app_auth_companies where name = 'Acme (imported)'")).toBe(1);
    expect(await count("app_auth_companies where name = 'Default Company'")).toBe(1);
    expect(await count("app_auth_users where username = 'anna-2' and email = 'Anna@acme.example'")).toBe(1);
    expect(await count("app_auth_settings where password_min_length = 14")).toBe(1);
    const before = await everythingStored();
    const second = countsOf(await importFrom(source, zone));
    for (const table of Object.values(second)) expect(table).toMatchObject({ written: 0, changed: 0 });
    expect(await everythingStored()).toEqual(before);
  });

  it("keeps keyless logs from being stored a second time under another company", async () => {
    const source = `sqlite:///${path.join(folder, "collide.db")}`;
    await expect(importFrom(source, { ...zone, company: "Elsewhere" })).rejects.toThrow(
      /is in the company “Keyless”/,
    );
    expect(await count("app_auth_companies where name = 'Elsewhere'")).toBe(0);
  });
});

describe("logs whose key went to another company later", () => {
  provideOwnDatabase();
  beforeAll(startAfresh);

  it("stay with their own, in its site for logs without a key", async () => {
    const source = await originalWith("moved-key", [
      "update api_logs set api_key_id = 1 where api_key_id is null",
      "update app_auth_api_keys set company_id = 2 where id = 2",
    ]);
    const { logs } = countsOf(await importFrom(source, zone));
    expect(logs).toMatchObject({ read: 250, written: 250, skipped: 0 });
    const sites = await database().execute(sql`
      select c.name as company, s.name as site from events e join sites s on s.id = e.site_id
        join app_auth_companies c on c.id = e.company_id
      where c.name = 'Acme' group by 1, 2 order by 2`);
    expect([...sites]).toEqual([
      { company: "Acme", site: "Deleted keys (imported)" },
      { company: "Acme", site: "HO" },
    ]);
  });
});

describe("companies and users of the source that differ in case only", () => {
  provideOwnDatabase();
  beforeAll(startAfresh);

  it("stay apart", async () => {
    const source = await originalWith("case", [
      "insert into app_auth_companies values (3, 'acme', null, '2025-01-02 09:00:00.123456')",
      "insert into app_auth_users select 5, 'BOB', 'bob2@acme.example', password, 'User', 1, null, 0, null from app_auth_users where id = 3",
      "insert into app_auth_users select 6, 'bobby', 'BOB@ACME.example', password, 'Owner', null, 'short', 1, null from app_auth_users where id = 3",
      "insert into app_auth_users values (7, 'x@y.example', 'x@z.example', 'plain', 'Owner', null, 'no base32!', 1, null)",
      "insert into app_auth_user_companies values (9, 6, 1, 'CompanyAdmin')",
    ]);
    const report = await importFrom(source, zone);
    expect(remarks(report)).toEqual(
      expect.arrayContaining([
        "users: 1 has the same email address as another user",
        "users: 1 its username is in use here",
        "users: 1 its username was tidied",
        "users: 1 has no readable password; reset it",
        "users: 1 has an unknown role; imported as User",
        "users: 1 is neither active nor inactive; imported as inactive",
        "users: 1 has no readable authenticator secret; two-factor authentication is off",
        "memberships: 1 its user or company was not imported",
      ]),
    );
    expect(await count("app_auth_companies where lower(name) like 'acme%'")).toBe(2);
    expect(await count("app_auth_users where lower(username) in ('bob', 'bob-2')")).toBe(2);
    expect(countsOf(await importFrom(source, zone)).companies).toMatchObject({ written: 0, present: 3 });
  });
});

describe("keys and users of which it isn't said whether they are active", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("come over disabled, and are counted", async () => {
    const source = await originalWith("unsaid", [
      "update app_auth_api_keys set is_active = null where id = 1",
      "update app_auth_users set is_active = null where id = 3",
    ]);
    expect(remarks(await importFrom(source, zone))).toEqual(
      expect.arrayContaining([
        "API keys: 2 is disabled, as in the original",
        "users: 1 is neither active nor inactive; imported as inactive",
      ]),
    );
    const acme = "app_auth_api_keys k join app_auth_companies c on c.id = k.company_id where c.name = 'Acme'";
    expect(await count(`${acme} and k.description = 'HO' and not k.is_active`)).toBe(1);
    expect(await count(`${acme} and k.description = 'Branch' and k.is_active`)).toBe(1);
    expect(await count("app_auth_users where username = 'bob' and not is_active")).toBe(1);
  });
});

describe("keys and users of an original that knows no disabled ones", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("are active", async () => {
    const source = await originalWith("no-standing", [
      "alter table app_auth_api_keys drop column is_active",
      "alter table app_auth_users drop column is_active",
    ]);
    await importFrom(source, zone);
    expect(await count("app_auth_api_keys where not is_active")).toBe(0);
    expect(await count("app_auth_users where not is_active")).toBe(0);
  });
});

describe("the administrator of a first start", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("that nobody used becomes the original's; the built-in password must still be changed", async () => {
    const bcrypt = (await import("bcrypt")).default;
    const builtIn = await bcrypt.hash("adminsuper", 4);
    const source = await originalWith("admin", [
      `update app_auth_users set email = 'boss@acme.example', password = '${builtIn}', is_active = 0 where id = 1`,
    ]);
    await importFrom(source, zone);
    const outcome = await signInWithPassword({ ...from, login: "boss@acme.example", password: "adminsuper" });
    expect(outcome.step).toBe("done");
    expect(
      await count("app_auth_users where role = 'GlobalAdmin' and must_change_password and is_active"),
    ).toBe(1);
  });
});

describe("an SQLite file", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("with a write-ahead log beside it is read with what the log holds, and left as it is", async () => {
    const source = await originalWith("wal", [
      "insert into app_auth_allowed_domains values (2, '@new.example')",
    ]);
    const file = source.slice("sqlite:///".length);
    const { Database } = (await import("node-sqlite3-wasm"))
      .default as unknown as typeof import("node-sqlite3-wasm");
    const db = new Database(file);
    db.exec("pragma locking_mode = exclusive; pragma journal_mode = wal; pragma wal_autocheckpoint = 0");
    db.exec("insert into app_auth_allowed_domains values (3, '@log.example')");
    const copy = path.join(folder, "copy.db");
    await copyFile(file, copy);
    await copyFile(`${file}-wal`, `${copy}-wal`);
    db.close();
    const counts = countsOf(await importFrom(`sqlite:///${copy}`, zone));
    expect(counts["allowed domains"]).toMatchObject({ read: 3, written: 3 });
    expect(existsSync(`${copy}-wal`)).toBe(true);
  });

  it("is found from its config.ini, in Flask's instance folder too, with the zone", async () => {
    await originalWith("configured", []);
    const config = path.join(folder, "config.ini");
    await writeFile(
      config,
      "[app]\nTIMEZONE = Europe/London\n[database]\nSQLALCHEMY_DATABASE_URI = sqlite:///configured.db\n",
    );
    const report = await importFrom(config, { company: "Keyless", isDryRun: true });
    expect(report.zone).toMatchObject({ name: "Europe/London", because: "TIMEZONE in the config.ini" });
    await writeFile(config, "[database]\nSQLALCHEMY_DATABASE_URI = sqlite:///configured.db\n");
    const { zone: usual } = await importFrom(config, { company: "Keyless", isDryRun: true });
    expect(usual).toMatchObject({ name: "Europe/London", because: "the original's default" });
  });
});

describe("a stopped run", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("says so, leaves an audit row of what it wrote, and goes on when run again", async () => {
    const source = await originalWith("stopped", [], 9000);
    const stop = new AbortController();
    const running = importFrom(source, { ...zone, signal: stop.signal });
    while ((await count("events")) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    stop.abort();
    await expect(running).rejects.toThrow(/Run the same command again/);
    expect(await count("audit_log where action = 'data.import' and outcome = 'failure'")).toBe(1);
    expect(countsOf(await importFrom(source, zone)).logs).toMatchObject({ read: 9000, skipped: 0 });
    expect(await count("events")).toBe(9000);
  });
});
