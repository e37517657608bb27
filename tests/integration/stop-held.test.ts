import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect as connectTcp } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { connect, type RawSql } from "@/db/client";
import { openLayout } from "@/db/embedded/layout";
import { isServerOf, readPidFile } from "@/db/embedded/pid-file";
import { databaseName, socketPort, superuser } from "@/db/embedded/settings";
import { connectionUrl } from "@/db/embedded/url";
import { bundleServerWithoutPages, startIngestServer, type ServerProcess } from "../support/server-process";

const API_KEY = "d1".repeat(32);
let dataDir: string;
let program: string;
let cluster: string;
let server: ServerProcess;
let sql: RawSql;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "winauthmon-stop-"));
  program = await bundleServerWithoutPages();
});
beforeEach(async () => {
  server = await startIngestServer(program, { dataDir, databaseUrl: "", apiKey: API_KEY });
  const layout = await openLayout(dataDir);
  cluster = layout.cluster;
  const host = (await readPidFile(cluster))!.socketDir;
  // Not connectEmbedded, which would keep PostgreSQL running for this process.
  sql = connect(connectionUrl({ host, port: socketPort, user: superuser, database: databaseName }));
});
afterEach(async () => {
  await sql.end({ timeout: 1 });
  await server.end("SIGKILL");
  // What a test that fails leaves would outlive its folder.
  const pid = (await readPidFile(cluster))?.pid;
  if (pid !== undefined && (await isServerOf(cluster, pid))) process.kill(pid, "SIGINT");
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Holds a lock on a table until PostgreSQL stops. Settles when a statement of the server waits for it, which `begin` may cause. */
async function holdUp(table: string, begin?: () => Promise<void>): Promise<void> {
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`lock table ${holder(table)} in access exclusive mode`;
  await begin?.();
  const waiting = () => sql`
    select 1 from pg_locks where not granted and relation = to_regclass(${table})`;
  await expect.poll(async () => (await waiting()).length).toBeGreaterThan(0);
}

/** Sends half of an event, and no more of it. Settles when the server has closed the connection. */
async function sendHalf(port: number): Promise<{ closed: Promise<unknown> }> {
  const socket = connectTcp(port, "127.0.0.1").on("error", () => undefined);
  const closed = once(socket, "close");
  await once(socket, "connect");
  socket.write(
    `POST /api/log_event HTTP/1.1\r\nHost: localhost\r\nX-API-Key: ${API_KEY}\r\nExpect: 100-continue\r\n` +
      `Content-Length: 1000\r\n\r\n{`,
  );
  // Its head has been read.
  await once(socket, "data");
  return { closed };
}

async function postEvent(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/log_event`, {
    method: "POST",
    headers: { "X-API-Key": API_KEY },
    body: JSON.stringify({
      EventType: "Logon",
      UserName: "anna",
      ComputerName: "PC-1",
      Timestamp: new Date().toISOString(),
    }),
  });
  return response.status;
}

/** How the server ends after the signal, and which process of its PostgreSQL is left. */
async function stop(signal: "SIGTERM" | "SIGHUP" = "SIGTERM") {
  const pid = (await readPidFile(cluster))!.pid;
  await server.end(signal);
  return { code: server.child.exitCode, left: (await isServerOf(cluster, pid)) ? pid : null };
}

it("a server that stops while a request and a job are held up ends in order, and its PostgreSQL with it", async () => {
  const { closed } = await sendHalf(server.port);
  await holdUp("queue_entries");
  expect(await stop()).toEqual({ code: 0, left: null });
  await closed;
});

it("a server that can't write what it has gathered says so and ends, and its PostgreSQL with it", async () => {
  await holdUp("api_key_usage", async () => expect(await postEvent(server.port)).toBe(201));
  expect(await stop()).toEqual({ code: 1, left: null });
  expect(server.said()).toContain("Not everything could be written before the end");
});

it("a server whose terminal is closed ends in order, and its PostgreSQL with it", async () => {
  expect(await stop("SIGHUP")).toEqual({ code: 0, left: null });
});
