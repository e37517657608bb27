import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import * as logEvent from "@/app/api/log_event/route";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { refreshEnv } from "@/lib/env";
import { metrics } from "@/lib/metrics";
import { agentBodies } from "@/lib/server/bodies-under-way";
import { flushStoredErrors } from "@/lib/services/errors/store-error";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { openNodeMount, type Mount } from "../../support/agent-mounts";
import { provideOwnDatabase } from "../../support/own-database";
import { openConnection, readAnswer } from "../../support/raw-http";

provideOwnDatabase();

const MIB = 1024 * 1024;
let company: CreatedCompany;
let mount: Mount;
let port: number;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await createCompany(operatorActor("command line"), { name: `Bodies ${randomUUID()}` });
  Object.assign(process.env, { REQUEST_BODIES_MIB: "64", METRICS_TOKEN: "bodies ".repeat(3) });
  refreshEnv();
  mount = await openNodeMount();
  port = Number(new URL(mount.url).port);
});
beforeEach(() => {
  giveBodies(60);
  return vi.waitUntil(() => agentBodies().bytes === 0, 20_000);
});
afterAll(() => mount.close());

/** How long a body may take: two seconds where that is tested, elsewhere longer than any machine needs for it. */
function giveBodies(seconds: number): void {
  process.env.REQUEST_BODY_SECONDS = String(seconds);
  refreshEnv();
}

const batch = () => ({
  events: [
    {
      EventType: "Logon",
      UserName: `user-${randomUUID().slice(0, 8)}`,
      ComputerName: "PC-1",
      Timestamp: new Date().toISOString(),
    },
  ],
});

function post(path: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) {
  return fetch(mount.url + path, { method: "POST", headers: { "X-API-Key": company.key, ...headers }, body });
}

/** How many requests of a path were answered, by status. */
async function answersTo(path: string): Promise<Record<string, number>> {
  const { values } = await metrics()!.agentRequests.get();
  const own = values.filter(({ labels }) => labels.path === path);
  return Object.fromEntries(own.map(({ labels, value }) => [String(labels.status), value]));
}

/** A request whose body stays unfinished; `sent` bytes of it are sent. */
async function begin(path: string, sent: number) {
  const socket = await openConnection(port);
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${company.key}\r\nContent-Length: ${sent + 10}\r\n\r\n`;
  socket.write(head + " ".repeat(sent));
  return socket;
}

const PATHS = ["/api/log_event", "/api/log_events", "/api/health"];

it("cuts off a body that comes too slowly, in the API's words", async () => {
  giveBodies(2);
  const answers = await Promise.all(PATHS.map(async (path) => readAnswer(await begin(path, 10))));
  for (const [place, answer] of answers.entries()) {
    expect([PATHS[place], answer.status]).toEqual([PATHS[place], 408]);
    expect(JSON.parse(answer.body)).toEqual({
      message: "The request body arrived too slowly",
      status: "error",
    });
  }
});

it.each(PATHS)(
  "counts a body of %s that the agent breaks off as such, and not as an outage or a fault",
  async (path) => {
    const since = await answersTo(path);
    const socket = await begin(path, 10);
    await expect.poll(() => agentBodies().bytes, { timeout: 20_000 }).toBe(10);
    socket.resetAndDestroy();
    await expect.poll(() => agentBodies().bytes).toBe(0);
    await expect.poll(() => answersTo(path)).toEqual({ ...since, 499: (since[499] ?? 0) + 1 });
    await flushStoredErrors();
    const faults = await database().execute(sql`select message from api_error_logs where level = 'ERROR'`);
    expect([...faults]).toEqual([]);
  },
);

it("bounds what unfinished batches of one key hold, says when to try again, and takes the next one afterwards", async () => {
  // A quarter of it all is for one key: four batches of 4 MiB less a little.
  const open = [];
  for (let i = 0; i < 4; i += 1) open.push(await begin("/api/log_events", 4 * MIB - 1_000));
  await expect.poll(() => agentBodies().bytes, { timeout: 20_000 }).toBe(4 * (4 * MIB - 1_000));
  const refused = await post("/api/log_events", JSON.stringify(batch()) + " ".repeat(100_000));
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused.json()).toEqual({ status: "error", message: expect.stringContaining("Try again") });
  for (const socket of open) socket.destroy();
  await expect.poll(() => agentBodies().bytes).toBe(0);
  const taken = await post("/api/log_events", JSON.stringify(batch()) + " ".repeat(100_000));
  expect(await taken.json()).toMatchObject({ accepted: 1 });
});

it("answers 503 while all of it is taken, and counts what gzip was packed from", async () => {
  agentBodies().add([], 62 * MIB);
  try {
    const body = gzipSync(JSON.stringify(batch()) + " ".repeat(3 * MIB));
    const refused = await post("/api/log_events", body, { "Content-Encoding": "gzip" });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ status: "error" });
    expect((await post("/api/log_event", JSON.stringify(batch().events[0]))).status).toBe(201);
  } finally {
    agentBodies().remove([], 62 * MIB);
  }
});

/** As Next hands a request to the route handlers where there is no server ahead of it. */
function routeRequest(body: ReadableStream<Uint8Array>): Request {
  return new Request("http://localhost/api/log_event", {
    method: "POST",
    headers: { "X-API-Key": company.key },
    body,
    duplex: "half",
  } as RequestInit);
}

it("cuts off a slow body in the route handlers too, and lets go of what it held", async () => {
  giveBodies(2);
  let isCancelled = false;
  const slow = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(" ".repeat(100))),
    cancel: () => {
      isCancelled = true;
    },
  });
  const answer = await logEvent.POST(routeRequest(slow));
  expect(answer.status).toBe(408);
  expect(await answer.json()).toEqual({ message: "The request body arrived too slowly", status: "error" });
  expect(isCancelled).toBe(true);
  await expect.poll(() => agentBodies().bytes).toBe(0);
});

it("takes a body in pieces there, whatever time the handlers themselves need", async () => {
  const text = JSON.stringify(batch().events[0]);
  const pieces = [text.slice(0, 20), text.slice(20)];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(piece));
    },
  });
  expect((await logEvent.POST(routeRequest(body))).status).toBe(201);
});

it("takes a body that breaks off there for no outage either", async () => {
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(" ".repeat(100))),
    pull: (controller) => controller.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" })),
  });
  expect((await logEvent.POST(routeRequest(broken))).status).toBe(499);
  await expect.poll(() => agentBodies().bytes).toBe(0);
});
