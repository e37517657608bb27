import { readdir } from "node:fs/promises";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { request } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openConnection } from "../../support/raw-http";
import { provideOwnDatabase } from "../../support/own-database";
import {
  bundleServerWithoutPages,
  startServerProcess,
  type ServerProcess,
} from "../../support/server-process";

provideOwnDatabase();

const API_KEY = "d2".repeat(32);
const OPEN_FILES = 300;
let server: ServerProcess;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "winauthmon-descriptors-"));
  server = await startServerProcess(
    await bundleServerWithoutPages(),
    {
      DATA_DIR: dataDir,
      DATABASE_URL: process.env.DATABASE_URL!,
      INITIAL_API_KEY: API_KEY,
      HOST: "127.0.0.1",
      BCRYPT_COST: "4",
      LOG_LEVEL: "warn",
    },
    { openFiles: OPEN_FILES },
  );
});
afterAll(async () => {
  await server?.end("SIGTERM");
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function postEvent(localAddress: string, name: string): Promise<number> {
  const body = JSON.stringify({
    EventType: "Logon",
    UserName: name,
    ComputerName: "PC-1",
    Timestamp: new Date().toISOString(),
  });
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port: server.port,
        path: "/api/log_event",
        method: "POST",
        localAddress,
        headers: { "X-API-Key": API_KEY },
      },
      (res) => {
        res.resume();
        res.once("end", () => resolve(res.statusCode!));
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });
}

const descriptors = async () => (await readdir(`/proc/${server.child.pid}/fd`)).length;

it("takes agents' events while more connections are opened than the server has descriptors", async () => {
  const before = await descriptors();
  const upgrade = "GET /1/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  const flood = [];
  for (let i = 0; i < 4 * OPEN_FILES; i += 1) {
    const socket = await openConnection(server.port).catch(() => null);
    if (i % 2 === 0) socket?.write(upgrade);
    flood.push(socket);
  }
  expect(await postEvent("127.0.0.1", "same-address")).toBe(201);
  expect(await postEvent("127.0.0.2", "other-address")).toBe(201);
  expect(await descriptors()).toBeLessThan(OPEN_FILES);
  for (const socket of flood) socket?.destroy();
  await expect.poll(descriptors, { timeout: 20_000 }).toBeLessThan(before + 20);
  expect(server.child.exitCode).toBeNull();
  expect(await postEvent("127.0.0.1", "afterwards")).toBe(201);
});
