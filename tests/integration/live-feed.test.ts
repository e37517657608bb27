import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ensureSettings } from "@/db/queries/global/first-start";
import { database } from "@/db/client";
import { isListening, stopListening } from "@/db/pg-notify";
import { operatorReadScope, operatorScope } from "@/db/scope";
import { STREAM_BEAT, STREAM_BEAT_MILLISECONDS, type LiveMessage } from "@/lib/domain/events/live-event";
import { eventStreamResponse } from "@/lib/server/event-stream";
import type { CompanyView } from "@/lib/server/guards";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { listenToEvents } from "@/lib/services/events/live-feed";
import { provideOwnDatabase } from "../support/own-database";
import { bundleServerWithoutPages, startServerProcess, type ServerProcess } from "../support/server-process";

provideOwnDatabase();

let folder: string;
let program: string;
let server: ServerProcess;
let watched: CreatedCompany;
let other: CreatedCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  watched = await createCompany(operatorActor("command line"), { name: "Watched" });
  other = await createCompany(operatorActor("command line"), { name: "Other" });
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-live-"));
  program = await bundleServerWithoutPages();
  server = await startServer();
});
afterAll(async () => {
  await server?.end("SIGTERM");
  await stopListening();
  await rm(folder, { recursive: true, force: true });
});

function startServer(): Promise<ServerProcess> {
  return startServerProcess(program, {
    DATABASE_URL: process.env.DATABASE_URL!,
    AUTH_SECRET: process.env.AUTH_SECRET!,
    DATA_DIR: folder,
    LOG_LEVEL: "warn",
  });
}

async function post(company: CreatedCompany, UserName: string, port = server.port): Promise<void> {
  const event = { EventType: "Logon", UserName, ComputerName: "PC-1", Timestamp: new Date().toISOString() };
  const response = await fetch(`http://127.0.0.1:${port}/api/log_event`, {
    method: "POST",
    headers: { "X-API-Key": company.key },
    body: JSON.stringify(event),
  });
  expect(response.status).toBe(201);
}

it("tells this process of an event that another server stored, and of its company only", async () => {
  const messages: LiveMessage[] = [];
  const stop = listenToEvents(operatorScope(watched.id), Date.now(), (message) => messages.push(message));
  await expect
    .poll(
      async () => {
        await post(other, "unseen");
        await post(watched, "seen");
        return messages.filter(({ rows }) => rows.length > 0).length;
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBeGreaterThan(0);
  stop();
  const seen = messages.flatMap(({ rows }) => rows).find(({ userName }) => userName === "seen")!;
  const accounts = await database().execute(
    sql`select id, name from accounts where company_id = ${watched.id} and id = ${seen.accountId}`,
  );
  expect([...accounts]).toEqual([{ id: seen.accountId, name: "seen" }]);
  expect(messages.every((message) => message.companyId === watched.id)).toBe(true);
});

it("tells a listener at once when events were stored since its page was read, and nobody when none were", async () => {
  const heard = (company: CreatedCompany, readAt: number) => {
    const messages: LiveMessage[] = [];
    listenToEvents(operatorScope(company.id), readAt, (message) => messages.push(message))();
    return messages;
  };
  await post(watched, "later");
  const missed = { companyId: watched.id, count: 0, rows: [] };
  await expect.poll(() => heard(watched, Date.now()), { timeout: 20_000 }).toEqual([missed]);
  expect(heard(watched, Date.now() + 60_000)).toEqual([]);
  expect(heard(watched, 0)).toEqual([missed]);
});

/** Ends the connections by which servers hear; they make new ones. */
async function loseConnection(): Promise<void> {
  await database().execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%' and pid <> pg_backend_pid()`);
}

it("asks everyone to read again when the connection it hears by had to be made anew", async () => {
  const messages: LiveMessage[] = [];
  const stop = listenToEvents(operatorScope(other.id), Date.now() + 60_000, (message) =>
    messages.push(message),
  );
  expect(messages).toEqual([]);
  await expect.poll(isListening).toBe(true);
  await loseConnection();
  await expect
    .poll(() => messages, { timeout: 20_000 })
    .toContainEqual({ companyId: other.id, count: 0, rows: [] });
  stop();
});

/** What a stream of these companies tells, until it is left. */
function openStream(companyIds: number[]) {
  const view = { session: { userId: 1 }, scope: operatorReadScope(companyIds) } as unknown as CompanyView;
  const left = new AbortController();
  const { body } = eventStreamResponse(view, Date.now() + 60_000, { method: "GET", signal: left.signal });
  const told = { text: "", isOver: false };
  const decoder = new TextDecoder();
  void (async () => {
    for await (const chunk of body!) told.text += decoder.decode(chunk);
    told.isOver = true;
  })();
  return { told, leave: () => left.abort() };
}

it("sends its beat as a message, which a page hears, and not as a comment", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const { told, leave } = openStream([watched.id]);
  vi.advanceTimersByTime(STREAM_BEAT_MILLISECONDS);
  vi.useRealTimers();
  await expect.poll(() => told.text).toContain(`event: ${STREAM_BEAT}\ndata: {}\n\n`);
  leave();
});

it("asks a stream of hundreds of companies to read again once, and leaves it open", async () => {
  listenToEvents(operatorScope(other.id), Date.now(), () => undefined)();
  await expect.poll(isListening, { timeout: 20_000 }).toBe(true);
  const companyIds = [watched.id, other.id, ...Array.from({ length: 300 }, (_, index) => 1_000_000 + index)];
  const { told, leave } = openStream(companyIds);
  await expect.poll(() => told.text, { timeout: 20_000 }).toBe("retry: 2000\n\n");
  await loseConnection();
  await expect.poll(() => told.text, { timeout: 20_000 }).toContain("event: events");
  // What comes after it proves that nothing else was sent before, and that the stream still tells.
  await expect
    .poll(
      async () => {
        await post(watched, "still heard");
        return told.text.includes('"userName":"still heard"');
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(true);
  expect(told.text.match(/"count":0/g)).toHaveLength(1);
  expect(told.isOver).toBe(false);
  leave();
});

it("tells of an event that a server stored in its last moment", async () => {
  const stopping = await startServer();
  const messages: LiveMessage[] = [];
  const stop = listenToEvents(operatorScope(watched.id), Date.now() + 60_000, (message) =>
    messages.push(message),
  );
  await post(watched, "last words", stopping.port);
  await stopping.end("SIGTERM");
  const names = () => messages.flatMap(({ rows }) => rows).map(({ userName }) => userName);
  await expect.poll(names, { timeout: 20_000 }).toContain("last words");
  stop();
});
