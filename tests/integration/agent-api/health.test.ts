import { randomUUID } from "node:crypto";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { operatorScope } from "@/db/scope";
import { ensureSettings } from "@/db/queries/global/first-start";
import { refreshEnv } from "@/lib/env";
import { readAgentBinary } from "@/lib/services/agent-package/read-agent-binary";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { flushPendingActivity } from "@/lib/services/events/activity";
import { tellClocks } from "@/lib/services/watch/tell-agents";
import { readSilentSites } from "@/lib/services/dashboard/read-dashboard";
import { runs } from "../../support/citus";
import { openNodeMount, type Mount } from "../../support/agent-mounts";
import { openReadApi } from "../../support/read-api-mount";
import { OFFERED_AGENT } from "../../support/offered-agent";
import { provideOwnDatabase } from "../../support/own-database";
import { toldIn } from "../../support/told";

provideOwnDatabase();

let company: CreatedCompany;
let mount: Mount;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await createCompany(operatorActor("command line"), { name: `Health ${randomUUID()}` });
  mount = await openNodeMount();
});
afterAll(() => mount.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();

async function send(route: "health" | "log_event", body: object): Promise<Response> {
  const answer = await fetch(`${mount.url}/api/${route}`, {
    method: "POST",
    headers: { "X-API-Key": company.key },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBeLessThan(300);
  return answer;
}

async function post(...sent: Parameters<typeof send>): Promise<Response> {
  const answer = await send(...sent);
  await flushPendingActivity();
  return answer;
}

const event = (ComputerName: string, Timestamp: string) => ({
  EventType: "Logon",
  UserName: randomUUID(),
  ComputerName,
  Timestamp,
});
const log = (name: string, at: string) => post("log_event", event(name, at));

interface Stored extends Record<string, unknown> {
  agent_version: string | null;
  spool_length: number | null;
  skew: number | null;
}

async function stored(name: string): Promise<Stored> {
  const rows = await database().execute<Stored>(sql`
    select name, agent_version, spool_length, dropped_failures::float8, dropped_sessions::float8, last_local_ip, last_public_ip,
      clock_skew_ms::float8 as skew, last_health_at is not null as is_healthy
    from computers where company_id = ${company.id} and lower(name) = lower(${name})`);
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

describe("what a health check leaves of its computer", () => {
  it("is everything the agent of this project tells, under the computer's first-seen name", async () => {
    await post("health", {
      ComputerName: "PC-Whole",
      AgentVersion: "1.0.0",
      Timestamp: ago(0),
      SpoolLength: 17,
      SpoolBytes: 4000,
      DroppedFailures: 3,
      DroppedSessions: 1,
      LocalIP: "10.0.0.8",
      PublicIP: "203.0.113.9",
    });
    expect(await stored("pc-whole")).toMatchObject({
      name: "PC-Whole",
      agent_version: "1.0.0",
      spool_length: 17,
      dropped_failures: 3,
      dropped_sessions: 1,
      last_local_ip: "10.0.0.8",
      last_public_ip: "203.0.113.9",
      is_healthy: true,
    });
    await post("health", { ComputerName: "PC-WHOLE", SpoolLength: -1, AgentVersion: 7, LocalIP: {} });
    expect(await stored("pc-whole")).toMatchObject({
      agent_version: "1.0.0",
      spool_length: 17,
      last_local_ip: "10.0.0.8",
    });
  });

  it("is the clock's error in either direction, which only a later health check takes back", async () => {
    await post("health", { ComputerName: "PC-Late", Timestamp: ago(2 * HOUR) });
    expect((await stored("PC-Late")).skew).toBeCloseTo(-2 * HOUR, -5);
    await log("PC-Late", ago(0));
    await post("health", { ComputerName: "PC-Late" });
    expect((await stored("PC-Late")).skew).toBeLessThan(-HOUR);
    await post("health", { ComputerName: "PC-Late", Timestamp: ago(0) });
    expect(Math.abs((await stored("PC-Late")).skew!)).toBeLessThan(60_000);
  });

  it("is stored whatever number stands for the time", async () => {
    for (const Timestamp of [1e300, Number.MAX_VALUE, 253_402_300_800_000, -1e300, "9999-12-31T23:59:59Z"]) {
      const name = `PC ${Timestamp}`;
      await post("health", { ComputerName: name, Timestamp, SpoolLength: 3 });
      expect(await stored(name)).toMatchObject({ spool_length: 3, is_healthy: true });
      await log(name, ago(0));
      expect((await stored(name)).skew).toBe(0);
    }
  });

  it("is stored whatever an agent writes into the fields", async () => {
    const value = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.string({ unit: "binary" }), fc.jsonValue());
    const fields = fc.record(
      Object.fromEntries(
        [
          "Timestamp",
          "SpoolLength",
          "SpoolBytes",
          "DroppedFailures",
          "DroppedSessions",
          "LocalIP",
          "PublicIP",
          "AgentVersion",
        ].map((name) => [name, value]),
      ),
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fields, async (body) => {
        const name = `PC-Odd-${(count += 1)}`;
        await post("health", { ComputerName: name, ...body });
        expect(await stored(name)).toMatchObject({ is_healthy: true });
      }),
      { numRuns: runs(60) },
    );
  });

  it("is the clock's error also after an event that waited on the computer, which tells nothing of it", async () => {
    await post("health", { ComputerName: "PC-Ahead", Timestamp: ago(-HOUR) });
    await log("PC-Ahead", ago(2 * HOUR));
    expect((await stored("PC-Ahead")).skew).toBeCloseTo(HOUR, -5);
    await log("PC-Ahead", ago(0));
    expect((await stored("PC-Ahead")).skew).toBe(0);
  });

  /** As if the agent's last health check had come so long ago. */
  const lastHealth = (name: string, milliseconds: number) =>
    database().execute(sql`
      update computers set last_health_at = ${ago(milliseconds)} where company_id = ${company.id} and name = ${name}`);

  it("is the clock's error also after events of the time without a connection since then", async () => {
    await post("health", { ComputerName: "PC-Away", Timestamp: ago(-7 * MINUTE) });
    await lastHealth("PC-Away", 3 * HOUR);
    for (const waited of [2 * HOUR, 7 * MINUTE, 2 * MINUTE, 0, -4 * MINUTE]) {
      await log("PC-Away", ago(waited));
      expect((await stored("PC-Away")).skew).toBeCloseTo(7 * MINUTE, -5);
    }
  });

  it.each(["before", "after"])(
    "is the clock's error also when events that waited came right %s it",
    async (when) => {
      const name = `PC-${when}`;
      const waited = async () => {
        for (const age of [2 * HOUR, 6 * MINUTE]) await send("log_event", event(name, ago(age)));
      };
      if (when === "before") await waited();
      await send("health", { ComputerName: name, Timestamp: ago(-7 * MINUTE) });
      if (when === "after") await waited();
      await flushPendingActivity();
      expect((await stored(name)).skew).toBeCloseTo(7 * MINUTE, -5);
    },
  );

  it("tells of the clock only for a day after the last one; then an event that comes at once does", async () => {
    await post("health", { ComputerName: "PC-Ended", Timestamp: ago(-7 * MINUTE) });
    await lastHealth("PC-Ended", 25 * HOUR);
    await log("PC-Ended", ago(6 * MINUTE));
    expect((await stored("PC-Ended")).skew).toBeCloseTo(7 * MINUTE, -5);
    await log("PC-Ended", ago(0));
    expect((await stored("PC-Ended")).skew).toBe(0);
  });

  it("isn't needed for a clock ahead, of which an event that waited tells nothing either", async () => {
    await log("PC-Plain", ago(2 * HOUR));
    expect((await stored("PC-Plain")).skew).toBeNull();
    await log("PC-Plain", ago(-HOUR));
    await log("PC-Plain", ago(2 * HOUR));
    expect((await stored("PC-Plain")).skew).toBeCloseTo(HOUR, -5);
    await log("PC-Plain", ago(0));
    expect((await stored("PC-Plain")).skew).toBe(0);
  });

  it("reports a clock ahead once, however often its computer comes back with events that waited", async () => {
    const told = async () => {
      await tellClocks(Date.now());
      return (await toldIn(company.id)).filter(({ params }) => JSON.stringify(params).includes("PC-Laptop"));
    };
    for (const _ of [1, 2, 3]) {
      await post("health", { ComputerName: "PC-Laptop", Timestamp: ago(-7 * MINUTE) });
      expect(await told()).toMatchObject([{ kind: "agent.clock-wrong", ended_at: null }]);
      await lastHealth("PC-Laptop", HOUR);
      await log("PC-Laptop", ago(HOUR / 2));
      expect(await told()).toMatchObject([{ kind: "agent.clock-wrong", ended_at: null }]);
    }
    await post("health", { ComputerName: "PC-Laptop", Timestamp: ago(0) });
    expect((await told()).map(({ ended_at }) => ended_at === null)).toEqual([false]);
  });

  it("leaves what an event told of a clock ahead, when it tells no time itself; the next event corrects it", async () => {
    await log("PC-Early", ago(-HOUR));
    await post("health", { ComputerName: "PC-Early", AgentVersion: "0.9" });
    expect((await stored("PC-Early")).skew).toBeCloseTo(HOUR, -5);
    await log("PC-Early", ago(-2 * HOUR));
    expect((await stored("PC-Early")).skew).toBeCloseTo(2 * HOUR, -5);
    await log("PC-Early", ago(0));
    expect((await stored("PC-Early")).skew).toBe(0);
  });
});

describe("the agent on offer", () => {
  afterEach(() => {
    delete process.env.AGENT_DIR;
    refreshEnv();
  });

  it("is told by its version in a header, and the body stays the contract's", async () => {
    const answer = await post("health", { ComputerName: "PC-Told", AgentVersion: "0.9" });
    expect(answer.headers.get("x-agent-version")).toBe(OFFERED_AGENT);
    expect(Object.keys((await answer.json()) as object)).toEqual([
      "status",
      "message",
      "timestamp",
      "database",
      "api_key_verified",
      "company_id",
    ]);
  });

  it("has no version when the checksum beside it is another file's", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-agent-"));
    process.env.AGENT_DIR = folder;
    refreshEnv();
    try {
      await writeFile(path.join(folder, "winagentUSM.exe"), "another program");
      await copyFile("agent/dist/winagentUSM.exe.sha256", path.join(folder, "winagentUSM.exe.sha256"));
      expect(await readAgentBinary()).toMatchObject({ version: null });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("a site", () => {
  const isSilent = async () => (await readSilentSites(operatorScope(company.id))).length === 1;

  /** Nothing was heard for three days: neither by the key nor by any event. */
  beforeEach(async () => {
    await database().execute(sql`delete from events where company_id = ${company.id}`);
    await database().execute(sql`
      update app_auth_api_keys set scopes = '{ingest,read}', last_used = now() - interval '3 days',
        last_agent_at = now() - interval '3 days' where company_id = ${company.id}`);
  });

  it("is silent when nothing was heard for longer than the company allows", async () => {
    expect(await isSilent()).toBe(true);
  });

  it("stays silent while its key is only used for reading", async () => {
    const api = await openReadApi();
    const headers = { "X-API-Key": company.key };
    // Until the key's new scopes are known, it is refused.
    const ask = async () => (await fetch(`${api.url}/api/v1/accounts`, { headers })).status;
    await expect.poll(ask).toBe(200);
    await api.close();
    await flushPendingActivity();
    expect(await isSilent()).toBe(true);
  });

  it("stays silent when all it sends is refused", async () => {
    const headers = { "X-API-Key": company.key };
    const answer = await fetch(`${mount.url}/api/log_event`, { method: "POST", headers, body: "{}" });
    expect(answer.status).toBe(400);
    await flushPendingActivity();
    expect(await isSilent()).toBe(true);
  });

  it.each([
    ["a health check that names a computer", () => post("health", { ComputerName: "pc-live" })],
    ["a health check without a word", () => post("health", {})],
    ["an event, however old", () => log("pc-live", ago(70 * HOUR))],
  ])("is alive after %s", async (_, send) => {
    await send();
    expect(await isSilent()).toBe(false);
  });
});
