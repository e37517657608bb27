import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { TOTP, Secret } from "otpauth";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, database } from "@/db/client";
import { finishSignIn } from "@/lib/services/auth/second-step";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { verifyAudit } from "@/lib/services/audit/verify-audit";
import { flushPendingActivity } from "@/lib/services/events/activity";
import { openNodeMount } from "../../support/agent-mounts";
import { countsOf, everythingStored, importFrom, startAfresh, storedLogs } from "../../support/import-suite";
import { startMariadb, type TestMariadb } from "../../support/mariadb";
import {
  ORIGINAL_KEYS,
  ORIGINAL_MFA_SECRET,
  ORIGINAL_PASSWORD,
  originalLogs,
  originalStatements,
  runOnMariadb,
  runOnPostgres,
  writeSqliteOriginal,
  type OriginalLog,
} from "../../support/original-database";
import { provideOwnDatabase } from "../../support/own-database";

/** IMPORT_LOGS=200000 for the whole proof, with the seconds each source took. */
const logCount = Number(process.env.IMPORT_LOGS ?? 1500);
const minutes = Math.ceil(logCount / 20_000) + 1;
const logs = originalLogs(logCount);
const from = {
  address: "192.0.2.9",
  userAgent: "test",
  isRemembered: false,
  browser: null,
  replacedSessionId: null,
};

let folder: string;
let mariadb: TestMariadb;
let made: string[] = [];

async function makeSqlite(): Promise<string> {
  const file = path.join(folder, "original.db");
  return writeSqliteOriginal(file, await originalStatements("sqlite", "Europe/London", logs));
}

/** A database in the tests' own cluster whose sessions are in the zone, as the original's would be. */
async function makePostgres(zone: string): Promise<string> {
  const name = `original_${zone.toLowerCase().replace(/\W/g, "_")}_${process.pid}`;
  const url = new URL(process.env.DATABASE_URL!);
  const shared = connect(url.href, { max: 1 });
  await shared.unsafe(`drop database if exists ${name}`);
  await shared.unsafe(`create database ${name} template template0 encoding 'UTF8'`);
  await shared.unsafe(`alter database ${name} set timezone to '${zone}'`);
  await shared.end();
  made.push(name);
  url.pathname = `/${name}`;
  await runOnPostgres(url.href, await originalStatements("postgresql", zone, logs));
  return url.href.replace("postgresql:", "postgresql+psycopg2:").replace("postgres:", "postgresql:");
}

async function makeMariadb(): Promise<string> {
  await runOnMariadb(mariadb, await originalStatements("mysql", "Europe/London", logs));
  const { user, password, port, database: name } = mariadb;
  return `mysql+pymysql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}?charset=utf8mb4`;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-import-test-"));
  mariadb = await startMariadb();
});
afterAll(async () => {
  await mariadb?.stop();
  await rm(folder, { recursive: true, force: true });
});

const COMPANIES: Record<number, string> = { 1: "Acme", 2: "Beta & Søn A/S" };
const SITES = ["HO", "Branch", "HO", "Old office", "Initial Admin API Key"];

function expectedOf(log: OriginalLog) {
  return {
    company: COMPANIES[log.companyId ?? 0] ?? "Keyless",
    site: log.keyId === null ? "Deleted keys (imported)" : SITES[log.keyId - 1],
    event_type: log.type,
    user_name: log.user,
    computer_name: log.computer,
    local_ip: log.localIp,
    public_ip: log.publicIp,
    retry: log.retry,
    at: log.at,
  };
}

const byAll = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const sources: Record<string, { make(): Promise<string>; timeZone?: string }> = {
  SQLite: { make: makeSqlite, timeZone: "Europe/London" },
  "PostgreSQL in UTC": { make: () => makePostgres("UTC") },
  "PostgreSQL in London": { make: () => makePostgres("Europe/London") },
  MariaDB: { make: makeMariadb, timeZone: "Europe/London" },
};

describe.each(Object.entries(sources))("from %s", (name, { make, timeZone }) => {
  provideOwnDatabase();
  let source: string;
  const options = { timeZone, company: "Keyless" };

  beforeAll(async () => {
    await startAfresh();
    source = await make();
  }, minutes * 60_000);
  afterAll(async () => {
    const shared = connect(process.env.DATABASE_URL!, { max: 1 });
    for (const database of made) await shared.unsafe(`drop database if exists ${database} with (force)`);
    made = [];
    await shared.end();
  });

  it("a dry run tells what would be written and writes nothing", { timeout: minutes * 60_000 }, async () => {
    const before = await everythingStored();
    const counts = countsOf(await importFrom(source, { ...options, isDryRun: true }));
    expect(counts.logs).toEqual({ read: logCount, written: logCount, changed: 0, present: 0, skipped: 0 });
    expect(counts["API keys"]).toMatchObject({ read: 5, written: 5 });
    expect(await everythingStored()).toEqual(before);
  });

  it("every log arrives at its true instant, company and site", { timeout: minutes * 60_000 }, async () => {
    const startedAt = performance.now();
    const counts = countsOf(await importFrom(source, options));
    const seconds = (performance.now() - startedAt) / 1000;
    if (process.env.IMPORT_LOGS) console.log(`${name}: ${logCount} logs in ${seconds.toFixed(1)} s`);
    expect(counts).toMatchObject({
      companies: { read: 2, written: 2 },
      "API keys": { read: 5, written: 5 },
      users: { read: 4, written: 3, changed: 1 },
      memberships: { read: 4, written: 4 },
      settings: { changed: 1 },
      "allowed domains": { written: 1 },
      "stored errors": { read: 3, written: 3 },
      logs: { read: logCount, written: logCount },
    });
    const stored = (await storedLogs()).map((log) => ({ ...log, at: Number(log.at) }));
    expect(stored.toSorted(byAll)).toEqual(logs.map(expectedOf).toSorted(byAll));
    const acme = stored.filter((log) => log.company === "Acme").map((log) => log.at);
    expect(acme, "ids follow the original's order").toEqual(acme.toSorted((a, b) => a - b));
  });

  it("stored errors arrive at their true instant", async () => {
    const rows = await database().execute<{ at: string }>(
      sql`select extract(epoch from timestamp) as at from api_error_logs where logger_name = 'auth.routes'`,
    );
    expect([...rows].map((row) => Number(row.at) * 1000)).toEqual(
      [0, 0, 0].map(() => Date.UTC(2025, 5, 1, 11)),
    );
  });

  it("the counts of the charts are those of the events, and presence is as if they had come one by one", async () => {
    const [sums] = await database().execute<{ same: boolean }>(sql`
      select not exists (
        (select company_id, date_bin('15 minutes', occurred_at, timestamptz '2000-01-01 00:00Z'), site_id, kind, count(*)::int from events group by 1, 2, 3, 4)
        except (select company_id, bucket_at, site_id, kind, count from event_counts)) as same`);
    expect(sums!.same).toBe(true);
    const derived = await database().execute(
      sql`select company_id, computer_id, account_id, site_id, kind, at, first_at, start_at, end_at, pause_at from presence order by 1, 2, 3`,
    );
    expect([...derived]).toEqual(await presenceOneByOne());
  });

  it("the same password and authenticator code sign in", async () => {
    const outcome = await signInWithPassword({ ...from, login: "ANNA", password: ORIGINAL_PASSWORD });
    if (outcome.step !== "second-step") throw new Error("no second step is asked for");
    const code = new TOTP({ secret: Secret.fromBase32(ORIGINAL_MFA_SECRET) }).generate();
    await expect(finishSignIn({ ...from, ticket: outcome.ticket, code })).resolves.toMatchObject({
      step: "done",
    });
    const bob = await signInWithPassword({ ...from, login: "bob@acme.example", password: ORIGINAL_PASSWORD });
    expect(bob.step).toBe("done");
    await expect(
      signInWithPassword({ ...from, login: "dora", password: ORIGINAL_PASSWORD }),
    ).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("the same API keys post, and the disabled one does not", async () => {
    const mount = await openNodeMount();
    const event = { EventType: "Logon", ComputerName: "PC-1", Timestamp: Date.now() };
    const statuses = await Promise.all(
      ORIGINAL_KEYS.map(async (key) => {
        const body = JSON.stringify({ ...event, UserName: `new at ${key.slice(0, 2)}` });
        const request = { method: "POST", headers: { "X-API-Key": key }, body };
        return (await fetch(`${mount.url}/api/log_event`, request)).status;
      }),
    );
    await mount.close();
    expect(statuses).toEqual([201, 201, 201, 401, 201]);
  });

  it("a log that an agent sends again is known", async () => {
    const mount = await openNodeMount();
    const log = logs.findLast(({ keyId }) => keyId === 1)!;
    const body = {
      EventType: log.type,
      UserName: log.user,
      ComputerName: log.computer,
      LocalIP: log.localIp,
      Timestamp: new Date(log.at).toISOString(),
    };
    const request = {
      method: "POST",
      headers: { "X-API-Key": ORIGINAL_KEYS[0]! },
      body: JSON.stringify(body),
    };
    const response = await fetch(`${mount.url}/api/log_event`, request);
    await mount.close();
    expect(response.status).toBe(200);
  });

  it("a second run writes nothing, not even in the audit trail", { timeout: minutes * 60_000 }, async () => {
    await flushPendingActivity();
    const before = await everythingStored();
    const counts = countsOf(await importFrom(source, options));
    for (const count of Object.values(counts))
      expect(count).toMatchObject({ written: 0, changed: 0, skipped: 0 });
    expect(counts.logs!.present).toBe(logCount);
    expect(await everythingStored()).toEqual(before);
  });

  it("one audit row tells what was brought over", async () => {
    const rows = await database().execute<{
      after: { zone: string; tables: { table: string; written: number }[] };
    }>(sql`select after from audit_log where action = 'data.import'`);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.after.tables).toContainEqual(
      expect.objectContaining({ table: "logs", written: logCount }),
    );
    expect(JSON.stringify(rows[0])).not.toContain(mariadb.password);
    expect(await verifyAudit()).toMatchObject({ ok: true });
  });
});

interface PresenceRow {
  company_id: number;
  computer_id: number;
  account_id: number;
  site_id: number;
  kind: number;
  at: Date;
  first_at: Date;
  start_at: Date | null;
  end_at: Date | null;
  pause_at: Date | null;
}

function newestOfEach({ kind, at }: Pick<PresenceRow, "kind" | "at">, row: PresenceRow | undefined) {
  const newest = (kinds: readonly number[], before: Date | null = null) =>
    kinds.includes(kind) ? at : before;
  return {
    start_at: newest([1, 2, 3], row?.start_at),
    end_at: newest([6, 8, 9], row?.end_at),
    pause_at: newest([4, 5, 7], row?.pause_at),
  };
}

/** The rules of insert-events, followed event by event in the order of time. */
async function presenceOneByOne(): Promise<PresenceRow[]> {
  const rows = new Map<string, PresenceRow>();
  const events = await database().execute<Omit<PresenceRow, "first_at" | "start_at" | "end_at" | "pause_at">>(
    sql`select company_id, computer_id, account_id, site_id, kind, occurred_at as at from events
      where kind between 1 and 9 order by occurred_at, id`,
  );
  for (const event of events) {
    const who = event.kind >= 8 ? -1 : event.kind === 7 ? 0 : event.account_id;
    const key = `${event.company_id}/${event.computer_id}/${who}`;
    const row = rows.get(key);
    rows.set(key, {
      ...event,
      account_id: who,
      first_at: row?.first_at ?? event.at,
      ...newestOfEach(event, row),
    });
  }
  return [...rows.values()].sort(
    (a, b) => a.company_id - b.company_id || a.computer_id - b.computer_id || a.account_id - b.account_id,
  );
}
