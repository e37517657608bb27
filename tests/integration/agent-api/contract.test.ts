import { gzipSync } from "node:zlib";
import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { openNodeMount, openRouteMount, type Mount } from "../../support/agent-mounts";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

let company: CreatedCompany;
let other: CreatedCompany;
const mounts: Record<string, Mount> = {};

beforeAll(async () => {
  await database().transaction(ensureSettings);
  const actor = operatorActor("command line");
  company = await createCompany(actor, { name: `Contract ${randomUUID()}` });
  other = await createCompany(actor, { name: `Other ${randomUUID()}` });
  mounts["ahead of Next"] = await openNodeMount();
  mounts["route handlers"] = await openRouteMount();
});
afterAll(async () => {
  await Promise.all(Object.values(mounts).map((mount) => mount.close()));
});

const unique = () => randomUUID().slice(0, 8);
const event = (more: object = {}) => ({
  EventType: "Logon",
  UserName: `user-${unique()}`,
  ComputerName: "PC-1",
  Timestamp: new Date().toISOString(),
  ...more,
});

async function countOf(companyId: number, userName: string): Promise<number> {
  const [row] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from api_logs where company_id = ${companyId} and user_name = ${userName}`);
  return row!.count;
}

/** What an agent may send of an event. */
const FIELDS = [
  "EventId",
  "EventType",
  "UserName",
  "ComputerName",
  "Timestamp",
  "LocalIP",
  "PublicIP",
  "SourceIP",
  "Status",
  "SubStatus",
  "LogonType",
  "SessionId",
  "AgentVersion",
  "retry",
];

type Body = string | Uint8Array<ArrayBuffer>;

describe.each(["ahead of Next", "route handlers"])("the agent API, mounted %s", (mountName) => {
  async function send(
    path: string,
    body: Body | object | null,
    headers: Record<string, string> = {},
    method = "POST",
  ) {
    const isRaw = body === null || typeof body === "string" || body instanceof Uint8Array;
    const response = await fetch(mounts[mountName]!.url + path, {
      method,
      headers: { "X-API-Key": company.key, ...headers },
      body: isRaw ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: text ? JSON.parse(text) : null };
  }
  const log = (body: Body | object, headers?: Record<string, string>) =>
    send("/api/log_event", body, headers);

  it("stores a new event once and says so in the original's words", async () => {
    const sent = event();
    expect(await log(sent)).toMatchObject({
      status: 201,
      json: { message: "Event logged successfully", status: "success" },
    });
    expect(await log({ ...sent, UserName: sent.UserName.toUpperCase(), retry: 1 })).toMatchObject({
      status: 200,
      json: { message: "Event already recorded", status: "success" },
    });
    expect(await countOf(company.id, sent.UserName)).toBe(1);
  });

  it("takes what differs in type, address or instant for another event, and the same EventId for the same", async () => {
    const sent = event();
    await log(sent);
    expect((await log({ ...sent, EventType: "logon" })).status).toBe(201);
    expect((await log({ ...sent, LocalIP: "10.0.0.1" })).status).toBe(201);
    const marked = { ...sent, EventId: unique() };
    expect((await log(marked)).status).toBe(201);
    expect((await log({ ...marked, ComputerName: "PC-2" })).status).toBe(200);
  });

  it("lets two companies store the same event without learning of each other", async () => {
    const sent = event({ EventId: "shared" });
    expect((await log(sent)).status).toBe(201);
    expect((await log(sent, { "X-API-Key": other.key })).status).toBe(201);
    expect(await countOf(other.id, sent.UserName)).toBe(1);
  });

  it("stores 64 identical events at once as one row: one 201, sixty-three 200", async () => {
    const sent = event();
    const answers = await Promise.all(Array.from({ length: 64 }, () => log(sent)));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([...Array.from({ length: 63 }, () => 200), 201]);
    expect(await countOf(company.id, sent.UserName)).toBe(1);
  });

  it.each([
    ["no key", "", "No API key provided"],
    ["an unknown key", randomBytes(32).toString("hex"), "Invalid API key"],
    ["a malformed key", "nonsense", "Invalid API key"],
  ])("answers 401 to %s", async (_, key, message) => {
    for (const path of ["/api/log_event", "/api/log_events", "/api/health"]) {
      expect(await send(path, event(), { "X-API-Key": key })).toMatchObject({
        status: 401,
        json: { message, status: "error" },
      });
    }
  });

  it("refuses a disabled and an expired key soon, and takes them again as soon", async () => {
    const made = await createCompany(operatorActor("command line"), { name: `Keys ${randomUUID()}` });
    const headers = { "X-API-Key": made.key };
    const until = (status: number) =>
      expect.poll(async () => (await log(event(), headers)).status, { interval: 20 }).toBe(status);
    expect((await log(event(), headers)).status).toBe(201);
    await database().execute(
      sql`update app_auth_api_keys set is_active = false where company_id = ${made.id}`,
    );
    await until(401);
    expect((await log(event(), headers)).json.message).toBe("API key has been disabled");
    await database().execute(
      sql`update app_auth_api_keys set is_active = true where company_id = ${made.id}`,
    );
    await until(201);
    await database().execute(sql`
      update app_auth_api_keys set expires_at = now() - interval '1 second' where company_id = ${made.id}`);
    await until(401);
  });

  it.each([
    ["PUT", "/api/log_event", "POST"],
    ["GET", "/api/log_event", "POST"],
    ["DELETE", "/api/log_events", "POST"],
    ["PATCH", "/api/health", "GET, HEAD, POST"],
  ])("answers %s %s with a JSON 405 that names what is allowed", async (method, path, allow) => {
    const answer = await send(path, null, {}, method);
    expect(answer).toMatchObject({ status: 405, json: { message: "Method not allowed", status: "error" } });
    expect(answer.headers.get("allow")).toBe(allow);
  });

  it.each([
    ["empty", ""],
    ["not JSON", "{"],
    ["a list", "[]"],
    ["null", "null"],
    ["a number", "5"],
    ["nested beyond measure and cut off", "[".repeat(20_000)],
    ["without fields", "{}"],
  ])("answers a body that is %s with 400 and no internals", async (_, body) => {
    const answer = await log(body);
    expect(answer).toMatchObject({ status: 400, json: { status: "error", message: expect.any(String) } });
    expect(answer.text).not.toMatch(/ at |node_modules|postgres|SyntaxError/);
  });

  it("refuses an event that is whole but for one byte that isn't UTF-8", async () => {
    const bytes = Buffer.from(JSON.stringify(event({ Filler: "here>" })));
    bytes[bytes.indexOf("here>") + 4] = 0xff;
    expect(await log(new Uint8Array(bytes))).toMatchObject({
      status: 400,
      json: { message: "The body is not valid UTF-8" },
    });
  });

  it("takes an event whose fields are nested 32 deep, and none that go deeper", async () => {
    const nested = (depth: number) => {
      const [head] = JSON.stringify(event()).split(/}$/);
      return `${head},"Filler":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    };
    expect((await log(nested(32))).status).toBe(201);
    expect(await log(nested(33))).toMatchObject({
      status: 400,
      json: { message: "The JSON is nested more than 32 levels deep" },
    });
  });

  it.each([
    ["EventType", undefined],
    ["UserName", ""],
    ["UserName", "a\u0007b"],
    ["UserName", "x".repeat(256)],
    ["ComputerName", 5],
    ["ComputerName", "\ud800"],
    ["Timestamp", "2025-02-30T00:00:00Z"],
    ["Timestamp", "1999-12-31T23:59:59Z"],
    ["Timestamp", true],
    ["Timestamp", new Date(Date.now() + 25 * 3_600_000).toISOString()],
    ["EventId", "x".repeat(101)],
  ])("names the bad field %s", async (field, value) => {
    expect(await log({ ...event(), [field]: value })).toMatchObject({
      status: 400,
      json: { errors: [{ field, message: expect.stringContaining(field) }] },
    });
  });

  it("takes a byte-order mark, any content type, gzip, and retry and addresses of any kind", async () => {
    expect((await log(`\ufeff${JSON.stringify(event())}`, { "Content-Type": "text/plain" })).status).toBe(
      201,
    );
    const zipped = new Uint8Array(gzipSync(JSON.stringify(event())));
    expect((await log(zipped, { "Content-Encoding": "gzip" })).status).toBe(201);
    const odd = { retry: { a: 1 }, LocalIP: "x".repeat(400), PublicIP: ["a"], IPAddress: "a\0b" };
    expect((await log(event(odd))).status).toBe(201);
  });

  it("holds its size limits, also after inflating", async () => {
    const big = event({ Filler: "x".repeat(64 * 1024) });
    expect((await log(big)).status).toBe(413);
    const bomb = new Uint8Array(gzipSync(JSON.stringify(big)));
    expect((await log(bomb, { "Content-Encoding": "gzip" })).status).toBe(413);
    expect((await log("not gzip", { "Content-Encoding": "gzip" })).status).toBe(400);
    const fits = event({ Filler: "" });
    const room = 64 * 1024 - JSON.stringify(fits).length;
    expect((await log({ ...fits, Filler: "x".repeat(room) })).status).toBe(201);
  });

  it("flags a clock more than five minutes ahead, and keeps the event", async () => {
    const sent = event({ Timestamp: new Date(Date.now() + 10 * 60_000).toISOString() });
    expect((await log(sent)).status).toBe(201);
    const [row] = await database().execute<{ is_clock_skewed: boolean }>(sql`
      select e.is_clock_skewed from events e join accounts a using (company_id)
      where a.id = e.account_id and a.name = ${sent.UserName}`);
    expect(row?.is_clock_skewed).toBe(true);
  });

  it("takes a batch, naming the bad ones without cost to the others", async () => {
    const [first, second] = [event(), event()];
    const answer = await send("/api/log_events", {
      events: [first, { ...first }, "x", second, { ...second, UserName: "" }],
    });
    expect(answer).toMatchObject({ status: 200, json: { status: "success", accepted: 2, duplicates: 1 } });
    expect(answer.json.rejected.map(({ index }: { index: number }) => index)).toEqual([2, 4]);
    expect((await send("/api/log_events", [first])).json).toMatchObject({
      accepted: 0,
      duplicates: 1,
      rejected: [],
    });
    for (const body of [[], {}, { events: 5 }, Array.from({ length: 1001 }, () => first)]) {
      expect((await send("/api/log_events", body)).status).toBe(400);
    }
  });

  it("answers health with the company of the key, and liveness without one", async () => {
    expect(await send("/api/health", "not json at all")).toMatchObject({
      status: 200,
      json: {
        status: "ok",
        message: "Health check passed",
        database: "connected",
        api_key_verified: true,
        company_id: company.id,
      },
    });
    const alive = await send("/api/health", null, { "X-API-Key": "" }, "GET");
    expect(alive.status).toBe(200);
    expect(alive.text).not.toContain("company");
  });

  it("answers anything at all without a 500", async () => {
    const statuses = new Set<number>();
    // One field of a whole event that is anything, so that the others let it come to that one.
    const odd = fc
      .tuple(fc.constantFrom(...FIELDS), fc.oneof(fc.json(), fc.string({ unit: "binary" })))
      .map(([field, value]) => JSON.stringify(event({ [field]: value })));
    const anyBody = fc.oneof(
      odd,
      fc.json(),
      fc.string({ unit: "binary" }),
      fc
        .record({ EventType: fc.anything(), UserName: fc.anything(), Timestamp: fc.anything() })
        .map((value) => {
          try {
            return JSON.stringify(value) ?? "";
          } catch {
            return "";
          }
        }),
    );
    const paths = fc.constantFrom("/api/log_event", "/api/log_events", "/api/health");
    await fc.assert(
      fc.asyncProperty(paths, anyBody, async (path, body) => {
        const { status } = await send(path, body);
        statuses.add(status);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
    // Some of it is taken, and some refused.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400]));
  });
});

describe("what storing an event changes besides", () => {
  it("keeps quarter-hour counts equal to the events of the company", async () => {
    const [row] = await database().execute<{ events: number; counted: number }>(sql`
      select (select count(*)::int from events where company_id = ${company.id}) as events,
        (select sum(count)::int from event_counts where company_id = ${company.id}) as counted`);
    expect(row!.events).toBeGreaterThan(10);
    expect(row!.counted).toBe(row!.events);
  });
});
