import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { refreshEnv } from "@/lib/env";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { openNodeMount, openRouteMount, type Mount } from "../../support/agent-mounts";
import { provideOwnDatabase } from "../../support/own-database";

const PER_MINUTE = 5;
const BATCH_BYTES = 5 * 1024 * 1024;

provideOwnDatabase();

const mounts: Record<string, Mount> = {};

beforeAll(async () => {
  Object.assign(process.env, { RATE_LIMIT_ENABLED: "true", RATE_LIMIT_AGENT_PER_MINUTE: String(PER_MINUTE) });
  refreshEnv();
  await database().transaction(ensureSettings);
  mounts["ahead of Next"] = await openNodeMount();
  mounts["route handlers"] = await openRouteMount();
});
afterAll(async () => {
  await Promise.all(Object.values(mounts).map((mount) => mount.close()));
});

const makeCompany = () => createCompany(operatorActor("command line"), { name: `Refused ${randomUUID()}` });

const event = (more: object = {}) => ({
  EventType: "Logon",
  UserName: "anna",
  ComputerName: "PC-1",
  Timestamp: new Date().toISOString(),
  ...more,
});

describe.each(["ahead of Next", "route handlers"])("the agent API, mounted %s", (mountName) => {
  async function send(path: string, body: object | string, { key }: CreatedCompany) {
    const response = await fetch(mounts[mountName]!.url + path, {
      method: "POST",
      headers: { "X-API-Key": key },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, json: await response.json() };
  }

  it("takes no events with a key that may only read", async () => {
    const company = await makeCompany();
    await database().execute(
      sql`update app_auth_api_keys set scopes = '{read}' where company_id = ${company.id}`,
    );
    for (const [path, body] of [
      ["/api/log_event", event()],
      ["/api/log_events", [event()]],
      ["/api/health", {}],
    ] as const) {
      expect(await send(path, body, company)).toMatchObject({
        status: 403,
        json: { message: "This API key may not send events", status: "error" },
      });
    }
    const [row] = await database().execute<{ count: number }>(
      sql`select count(*)::int as count from events where company_id = ${company.id}`,
    );
    expect(row!.count).toBe(0);
  });

  it("takes so many requests a minute with a key, says how many are left, and refuses the next", async () => {
    const [company, other] = [await makeCompany(), await makeCompany()];
    for (let left = PER_MINUTE - 1; left >= 0; left -= 1) {
      const { status, headers } = await send("/api/log_event", event({ EventId: randomUUID() }), company);
      expect(status).toBe(201);
      expect(headers.get("X-RateLimit-Limit")).toBe(String(PER_MINUTE));
      expect(headers.get("X-RateLimit-Remaining")).toBe(String(left));
    }
    const { status, headers, json } = await send("/api/log_event", event(), company);
    expect(status).toBe(429);
    expect(json).toMatchObject({ status: "error", message: expect.stringContaining("Too many requests") });
    expect(headers.get("X-RateLimit-Remaining")).toBe("0");
    const wait = Number(headers.get("Retry-After"));
    expect(wait).toBeGreaterThanOrEqual(1);
    // The minute's rest, and of the next one until a request has slid out of the window.
    expect(wait).toBeLessThanOrEqual(60 + Math.ceil(60 / PER_MINUTE));
    expect((await send("/api/log_event", event(), other)).status).toBe(201);
  });

  it("takes a batch of 1,000 events, and one of 5 MiB, and none that is larger", async () => {
    const company = await makeCompany();
    const events = Array.from({ length: 1_000 }, (_, n) => event({ EventId: `${n}` }));
    expect(await send("/api/log_events", events, company)).toMatchObject({
      status: 200,
      json: { accepted: 1_000, duplicates: 0, rejected: [] },
    });
    const one = JSON.stringify([event({ Filler: "" })]);
    const ofSize = (bytes: number) =>
      one.replace(`"Filler":""`, `"Filler":"${"x".repeat(bytes - one.length)}"`);
    expect((await send("/api/log_events", ofSize(BATCH_BYTES), company)).json).toMatchObject({ accepted: 1 });
    const { status, json } = await send("/api/log_events", ofSize(BATCH_BYTES + 1), company);
    expect(status).toBe(413);
    expect(json).toMatchObject({ status: "error", message: expect.any(String) });
  });
});
