import { get } from "node:https";
import { connect, type TLSSocket } from "node:tls";
import { generate } from "selfsigned";
import { afterEach, beforeAll, expect, it } from "vitest";
import { openFront, type FrontServer } from "../../../support/front-server";
import { requireLoopbacks } from "../../../support/loopbacks";
import { openConnection, readAnswer, untilClosed } from "../../../support/raw-http";

const ASK = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
let tls: { cert: string; key: string };
let front: FrontServer;

beforeAll(async () => {
  await requireLoopbacks("127.0.0.2", "127.0.0.3", "127.0.0.9");
  const made = await generate([{ name: "commonName", value: "127.0.0.1" }]);
  tls = { cert: made.cert, key: made.private };
});
afterEach(() => front.close());

/** A connection whose handshake is done; one that the server ends may be over before that. */
async function openTls(localAddress = "127.0.0.1"): Promise<TLSSocket> {
  const socket = connect({
    socket: await openConnection(front.port, localAddress),
    rejectUnauthorized: false,
  });
  socket.on("error", () => undefined);
  const connected = new Promise((resolve) => socket.once("secureConnect", resolve));
  await Promise.race([connected, untilClosed(socket)]);
  return socket;
}

function statusFrom(localAddress: string, path: string): Promise<number | string> {
  return new Promise((resolve) => {
    const options = { host: "127.0.0.1", port: front.port, path, localAddress, rejectUnauthorized: false };
    get({ ...options, agent: false }, (res) => {
      res.resume();
      res.once("end", () => resolve(res.statusCode!));
    }).once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "failed"));
  });
}

it("keeps one address to its limit over TLS, ends the oldest idle one and never a busy one", async () => {
  const answers: (() => void)[] = [];
  front = await openFront({
    tls,
    limits: { all: 100, perAddress: 10 },
    next: async (_req, res) => void answers.push(() => res.end("late")),
  });
  const busy = await openTls();
  busy.write(ASK);
  await expect.poll(() => answers.length).toBe(1);
  const idle: TLSSocket[] = [];
  for (let i = 0; i < 30; i += 1) idle.push(await openTls());
  await expect.poll(() => idle.filter(({ closed }) => !closed).length).toBe(9);
  expect(front.connections.open).toBe(10);
  expect(await statusFrom("127.0.0.2", "/api/health")).toBe(200);
  answers[0]!();
  expect(await readAnswer(busy)).toMatchObject({ status: 200, body: "late" });
});

it("counts connections whose handshake never ends, and lets whoever comes to talk in for them", async () => {
  front = await openFront({ tls, limits: { all: 40, perAddress: 30 } });
  const silent = [];
  for (let i = 0; i < 60; i += 1) silent.push(await openConnection(front.port, `127.0.0.${(i % 2) + 2}`));
  await expect.poll(() => front.connections.open).toBeLessThanOrEqual(40);
  expect(await statusFrom("127.0.0.9", "/api/health")).toBe(200);
  for (const socket of silent) socket.destroy();
  await expect.poll(() => front.connections.open).toBe(0);
});

it("keeps room for agents over TLS when pages keep every connection busy", async () => {
  front = await openFront({
    tls,
    limits: { all: 20, perAddress: 20 },
    next: () => new Promise(() => undefined),
  });
  const askers = await Promise.all(Array.from({ length: 20 }, () => openTls("127.0.0.3")));
  const refused = await Promise.race(
    askers.map((socket) => {
      socket.write(ASK);
      return readAnswer(socket);
    }),
  );
  expect(refused).toMatchObject({ status: 503, head: expect.stringMatching(/retry-after: 5/i) });
  expect(await statusFrom("127.0.0.1", "/api/health")).toBe(200);
});
