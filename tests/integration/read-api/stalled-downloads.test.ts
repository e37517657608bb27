import { randomBytes } from "node:crypto";
import { connect as connectSocket, type Socket } from "node:net";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { refreshEnv } from "@/lib/env";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { sampleReport, type SampleRow } from "../../support/sample-report";
import { makeCompany, type TestCompany } from "../../support/stored-events";

/** What the large file has at least, also when it is zipped: more than the buffers between two ends hold. */
const LEAST_BYTES = 6 * 1024 * 1024;
const LARGE: SampleRow[] = Array.from({ length: 600 }, () => ({
  name: randomBytes(12_000).toString("hex"),
  count: 1,
  seconds: 1,
  at: 0,
  date: null,
  isNew: null,
}));

let api: Awaited<ReturnType<typeof openReadApi>>;
let company: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  Object.assign(process.env, { DOWNLOAD_STALL_SECONDS: "2", RATE_LIMIT_ENABLED: "false" });
  refreshEnv();
  await database().transaction(ensureSettings);
  company = await makeCompany("Stalled");
  other = await makeCompany("Other");
  api = await openReadApi({ large: sampleReport(LARGE), small: sampleReport(LARGE.slice(0, 1)) });
});
afterAll(async () => {
  await api.close();
  await closeDatabase();
});

const ask = (path: string, key: string) => fetch(`${api.url}/${path}`, { headers: { "X-API-Key": key } });

/** Asks and then reads nothing but the head of the answer. */
async function askAndStall(path: string, key: string): Promise<Socket> {
  const { port } = new URL(api.url);
  const socket = connectSocket(Number(port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(`GET /${path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: ${key}\r\nConnection: close\r\n\r\n`);
  await new Promise((resolve) => socket.once("readable", resolve));
  expect(String(socket.read(12))).toBe("HTTP/1.1 200");
  return socket.pause();
}

async function bytesLeft(socket: Socket): Promise<number> {
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => (bytes += chunk.length));
  socket.resume();
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
  return bytes;
}

it.each(["xlsx", "csv"])("keep nobody waiting, not even their own reader (%s)", async (format) => {
  const key = await makeKey(company);
  const stranger = await makeKey(other);
  const stalled = [
    await askAndStall(`large?format=${format}`, key),
    await askAndStall(`large?format=${format}`, key),
  ];
  const answers = [key, stranger].map((asking) => ask("small?format=xlsx", asking));
  for (const answer of await Promise.all(answers)) {
    expect(answer.status).toBe(200);
    // A file that is cut off has no directory of its parts, which is at its end.
    const parts = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(Object.keys(parts)).toContain("xl/workbook.xml");
  }
  // Readers that take nothing are cut off.
  await expect.poll(() => api.underWay(), { timeout: 30_000 }).toBe(0);
  for (const socket of stalled) expect(await bytesLeft(socket)).toBeLessThan(LEAST_BYTES);
});

it("sends all of a file to a reader that is slow but reads", async () => {
  const key = await makeKey(company);
  const answer = await ask("large?format=csv", key);
  let bytes = 0;
  for await (const chunk of answer.body!) {
    bytes += chunk.length;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(bytes).toBeGreaterThan(LARGE.length * 24_000);
});
