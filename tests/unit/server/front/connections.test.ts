import { get, Agent } from "node:http";
import type { Socket } from "node:net";
import { afterEach, beforeAll, expect, it } from "vitest";
import { openFront, type FrontServer } from "../../../support/front-server";
import { requireLoopbacks } from "../../../support/loopbacks";
import { openConnection, readAnswer, sendRaw, untilClosed } from "../../../support/raw-http";

let front: FrontServer;
beforeAll(() => requireLoopbacks(...[2, 3, 9, 10, 11, 12, 13, 14].map((number) => `127.0.0.${number}`)));
afterEach(() => front.close());

const UPGRADE = "GET /1/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

async function statusFrom(from: string): Promise<number | string> {
  try {
    return (await fetchFrom(from, "/api/health")).status;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "failed";
  }
}

function fetchFrom(localAddress: string, path: string, agent?: Agent): Promise<{ status: number }> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port: front.port, path, localAddress, agent }, (res) => {
      res.resume();
      res.once("end", () => resolve({ status: res.statusCode! }));
    }).once("error", reject);
  });
}

it("refuses a request for another protocol and keeps nothing of its connection", async () => {
  front = await openFront();
  // As Next does with the first request, where it is not given another server.
  front.server.on("upgrade", () => undefined);
  const answers = await Promise.all(Array.from({ length: 50 }, () => sendRaw(front.port, UPGRADE)));
  for (const { status, body } of answers) {
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ status: "error", message: expect.stringContaining("Upgrade") });
  }
  await expect.poll(() => front.connections.open).toBe(0);
  expect(await statusFrom("127.0.0.1")).toBe(200);
});

it("keeps one address to its limit, lets the newest in for the oldest idle one, and never ends a busy one", async () => {
  const answers: (() => void)[] = [];
  front = await openFront({
    limits: { all: 100, perAddress: 10 },
    next: async (_req, res) => void answers.push(() => res.end("late")),
  });
  const busy = await openConnection(front.port);
  busy.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  await expect.poll(() => answers.length).toBe(1);
  const idle: Socket[] = [];
  for (let i = 0; i < 60; i += 1) idle.push(await openConnection(front.port));
  await expect.poll(() => idle.filter(({ closed }) => !closed).length).toBe(9);
  expect(idle.slice(-9).every(({ closed }) => !closed)).toBe(true);
  expect(await statusFrom("127.0.0.1")).toBe(200);
  expect(await statusFrom("127.0.0.2")).toBe(200);
  answers[0]!();
  expect(await readAnswer(busy)).toMatchObject({ status: 200, body: "late" });
});

it("counts no address of a trusted proxy, which has many clients", async () => {
  front = await openFront({
    limits: { all: 100, perAddress: 10 },
    environment: { TRUSTED_PROXIES: "127.0.0.1" },
  });
  const idle = await Promise.all(Array.from({ length: 40 }, () => openConnection(front.port)));
  await expect.poll(() => front.connections.open).toBe(40);
  expect(idle.filter(({ closed }) => closed)).toEqual([]);
});

it("counts requests through a trusted proxy for the client that it names, and those of others not with them", async () => {
  const answers: (() => void)[] = [];
  front = await openFront({
    limits: { all: 100, perAddress: 10 },
    environment: { TRUSTED_PROXIES: "127.0.0.1" },
    next: async (_req, res) => void answers.push(() => res.end("late")),
  });
  const ask = (client: string | null) => {
    const forwarded = client === null ? "" : `X-Forwarded-For: 198.51.100.200, ${client}\r\n`;
    return sendRaw(front.port, `GET / HTTP/1.1\r\nHost: x\r\n${forwarded}Connection: close\r\n\r\n`);
  };
  // Hosts of one IPv6 network count as one.
  const greedy = Array.from({ length: 8 }, (_, index) => ask(`2001:db8::${index + 1}`));
  await expect.poll(() => answers.length).toBe(8);
  expect(await ask("2001:db8::ffff")).toMatchObject({ status: 503 });
  const others = Array.from({ length: 8 }, () => ask("203.0.113.2"));
  await expect.poll(() => answers.length).toBe(16);
  expect(await ask("203.0.113.2")).toMatchObject({ status: 503 });
  // Without a name, there is no client to count for.
  const nameless = Array.from({ length: 12 }, () => ask(null));
  await expect.poll(() => answers.length).toBe(28);
  for (const answer of answers) answer();
  for (const one of await Promise.all([...greedy, ...others, ...nameless])) {
    expect(one).toMatchObject({ status: 200, body: "late" });
  }
  await expect.poll(() => front.connections.open).toBe(0);
  const again = ask("2001:db8::1");
  await expect.poll(() => answers.length).toBe(29);
  answers[28]!();
  expect(await again).toMatchObject({ status: 200 });
});

it("takes from the address with most connections when all are too many", async () => {
  front = await openFront({ limits: { all: 40, perAddress: 30 } });
  const few = await Promise.all(
    Array.from({ length: 5 }, (_, i) => openConnection(front.port, `127.0.0.${i + 10}`)),
  );
  for (let i = 0; i < 60; i += 1) await openConnection(front.port, `127.0.0.${(i % 2) + 2}`);
  expect(await statusFrom("127.0.0.9")).toBe(200);
  expect(few.filter(({ closed }) => closed)).toEqual([]);
  expect(front.connections.open).toBeLessThanOrEqual(40);
});

it("keeps room for agents when pages keep every connection busy", async () => {
  front = await openFront({ limits: { all: 50, perAddress: 50 }, next: () => new Promise(() => undefined) });
  const askers = await Promise.all(Array.from({ length: 50 }, () => openConnection(front.port, "127.0.0.3")));
  const answers = askers.map((socket) => {
    socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    return readAnswer(socket);
  });
  const refused = await Promise.race(answers);
  expect(refused).toMatchObject({ status: 503, head: expect.stringMatching(/retry-after: 5/i) });
  expect(await statusFrom("127.0.0.1")).toBe(200);
  expect(await statusFrom("127.0.0.3")).toBe(200);
});

it("goes on after a connection could not be accepted", async () => {
  front = await openFront();
  const error = Object.assign(new Error("accept EMFILE"), { code: "EMFILE", syscall: "accept" });
  for (let i = 0; i < 100; i += 1) front.server.emit("error", error);
  expect(await statusFrom("127.0.0.1")).toBe(200);
});

it("answers OPTIONS * itself and takes a whole address for its path, also one of agents", async () => {
  const seen: (string | undefined)[] = [];
  front = await openFront({
    next: async (req, res) => {
      seen.push(req.url);
      res.end();
    },
  });
  const ask = (line: string) =>
    sendRaw(front.port, `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(await ask("OPTIONS *")).toMatchObject({ status: 200, head: expect.stringContaining("Allow: GET") });
  expect(await ask("GET *")).toMatchObject({ status: 400 });
  expect(await ask("GET ftp://x/")).toMatchObject({ status: 400 });
  expect(await ask("GET http://other.example/login?a=1")).toMatchObject({ status: 200 });
  expect(seen).toEqual(["/login?a=1"]);
  expect(await ask("GET http://other.example/api/health")).toMatchObject({
    status: 200,
    body: expect.stringContaining('"status":"ok"'),
  });
  expect(await ask("POST HTTP://other.example/api/log_event?a=1")).toMatchObject({
    status: 401,
    body: expect.stringContaining("No API key provided"),
  });
  expect(seen).toHaveLength(1);
});

it("ends a connection that sends no whole request head", async () => {
  front = await openFront();
  expect(front.server.headersTimeout).toBeLessThanOrEqual(20_000);
  const socket = await openConnection(front.port);
  socket.write("GET / HT");
  socket.destroy();
  await untilClosed(socket);
  await expect.poll(() => front.connections.open).toBe(0);
});
