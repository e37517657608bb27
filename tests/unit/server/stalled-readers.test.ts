import { once } from "node:events";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { cutOffStalledReader } from "@/lib/server/stalled-readers";
import { untilClosed } from "../../support/raw-http";

const PATIENCE = 1_000;
const LARGE = 32 * 1024 * 1024;
let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function open(listener: RequestListener): Promise<number> {
  server = createServer((req, res) => {
    cutOffStalledReader(res, PATIENCE);
    listener(req, res);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function ask(port: number): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  return socket;
}

async function bytesLeft(socket: Socket, afterChunk = () => undefined as void): Promise<number> {
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    afterChunk();
  });
  socket.resume();
  await untilClosed(socket);
  return bytes;
}

it.each([
  ["at once", (res: ServerResponse) => void res.end(Buffer.alloc(LARGE))],
  [
    "piece by piece",
    (res: ServerResponse) => {
      const write = () =>
        void (res.write(Buffer.alloc(64 * 1024)) ? setImmediate(write) : res.once("drain", write));
      write();
    },
  ],
])("breaks off the connection of a reader that takes nothing of what is written %s", async (_, write) => {
  let isClosed = false;
  const port = await open((_req, res) => {
    res.once("close", () => (isClosed = true));
    write(res);
  });
  const socket = ask(port).pause();
  await expect.poll(() => isClosed, { timeout: 20_000 }).toBe(true);
  expect(await bytesLeft(socket)).toBeLessThan(LARGE);
});

it("leaves alone a reader that is slow, and one whose answer is not there yet", async () => {
  const answers: ServerResponse[] = [];
  const timeouts: unknown[] = [];
  const port = await open((_req, res) => {
    res.on("timeout", () => timeouts.push(res.socket?.writableLength));
    answers.push(res);
  });
  const socket = ask(port).pause();
  // The time is over while there is nothing to take.
  await expect.poll(() => timeouts, { timeout: 20_000 }).toEqual([0]);
  answers[0]!.end(Buffer.alloc(LARGE));
  const slowly = () => {
    socket.pause();
    setTimeout(() => socket.resume(), 1);
  };
  expect(await bytesLeft(socket, slowly)).toBeGreaterThan(LARGE);
});
