import { afterEach, expect, it } from "vitest";
import { noteKnownSession } from "@/lib/server/front/known-sessions";
import { pageBodies } from "@/lib/server/bodies-under-way";
import { openFront, type FrontServer } from "../../../support/front-server";
import { openConnection, readAnswer, sendRaw } from "../../../support/raw-http";

const COOKIE = "winauthmon.session=of-somebody";
const MIB = 1024 * 1024;
let front: FrontServer;
afterEach(() => front.close());

const head = (length: number | "chunked", more = "") =>
  `POST /login HTTP/1.1\r\nHost: x\r\n${more}${
    length === "chunked" ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`
  }\r\n\r\n`;

it("cuts off a body that comes too slowly, also on its way to Next, and frees its connection", async () => {
  front = await openFront({ environment: { REQUEST_BODY_SECONDS: "1" } });
  const answer = await sendRaw(front.port, head(5_000) + "a");
  expect(answer.status).toBe(408);
  expect(JSON.parse(answer.body)).toEqual({
    status: "error",
    message: "The request body arrived too slowly",
  });
  await expect.poll(() => front.connections.open).toBe(0);
});

it("leaves alone a body that is not read yet, however long that takes", async () => {
  let start!: () => void;
  front = await openFront({
    environment: { REQUEST_BODY_SECONDS: "1" },
    next: async (req, res) => {
      if (!req.headers.cookie) return;
      await new Promise<void>((resolve) => (start = resolve));
      let bytes = 0;
      for await (const chunk of req) bytes += (chunk as Buffer).length;
      res.end(String(bytes));
    },
  });
  noteKnownSession(COOKIE);
  const answer = fetch(`${front.url}/1/events`, {
    method: "POST",
    headers: { cookie: COOKIE },
    body: Buffer.alloc(900_000),
  });
  // Another's time is over meanwhile, which began later.
  expect(await sendRaw(front.port, head(5_000) + "a")).toMatchObject({ status: 408 });
  start();
  expect(await (await answer).text()).toBe("900000");
});

it("takes as much of a body as a form may have, and less of a visitor's", async () => {
  front = await openFront();
  noteKnownSession(COOKIE);
  const post = (bytes: number, cookie = "") =>
    fetch(`${front.url}/login`, { method: "POST", headers: { cookie }, body: Buffer.alloc(bytes) });
  expect((await post(60_000)).status).toBe(200);
  expect((await post(70_000)).status).toBe(413);
  expect((await post(MIB, COOKIE)).status).toBe(200);
  expect((await post(MIB + 1, COOKIE)).status).toBe(413);
  const socket = await openConnection(front.port);
  socket.write(`${head("chunked")}20000\r\n${"a".repeat(0x20000)}\r\n`);
  expect([0, 413]).toContain((await readAnswer(socket)).status);
});

it("bounds the bytes of one address that wait at once, and gives them back", async () => {
  front = await openFront({ environment: { REQUEST_BODIES_MIB: "128" } });
  noteKnownSession(COOKIE);
  // Half of it is for pages, a quarter of that for one address: sixteen of a megabyte each.
  const open = await Promise.all(
    Array.from({ length: 16 }, async () => {
      const socket = await openConnection(front.port);
      socket.write(head(MIB, `Cookie: ${COOKIE}\r\n`) + "a".repeat(MIB - 10));
      return socket;
    }),
  );
  await expect.poll(() => pageBodies().bytes, { timeout: 20_000 }).toBe(16 * (MIB - 10));
  const refused = await sendRaw(front.port, head(5_000, `Cookie: ${COOKIE}\r\n`) + "a".repeat(4_000));
  expect(refused).toMatchObject({ status: 429, head: expect.stringMatching(/retry-after: \d/i) });
  for (const socket of open) socket.destroy();
  await expect.poll(() => pageBodies().bytes).toBe(0);
  expect((await fetch(`${front.url}/login`, { method: "POST", body: "fine" })).status).toBe(200);
});
