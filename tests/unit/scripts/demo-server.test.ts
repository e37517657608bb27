import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { generate } from "selfsigned";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { bundleProgram } from "../../support/bundle-program";
import { root } from "../../support/dockerfile";
import { requireLoopbacks } from "../../support/loopbacks";

const program = path.join(root, "dist", `demo-test-${process.pid}.mjs`);
let folder: string;
let tls: { cert: string; key: string };
let server: Server | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-demo-"));
  await bundleProgram("scripts/demo.ts", program);
  const made = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
  });
  tls = { cert: made.cert, key: made.private };
  await writeFile(path.join(folder, "cert.pem"), tls.cert);
});
afterEach(() => void server?.close());
afterAll(async () => {
  await rm(program, { force: true });
  await rm(folder, { recursive: true, force: true });
});

/** Listens as a portal does; gives the port. */
async function listen(host: string, isHttps = false): Promise<number> {
  const answer = (_: unknown, res: { end(text: string): void }) => res.end("{}");
  server = isHttps ? createTlsServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve) => server!.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** What the demo ends with. Its database is nowhere, so it gets no further than to find its server. */
async function outcome(settings: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [program, "--no-live"], {
    cwd: folder,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      DATA_DIR: folder,
      DATABASE_URL: "postgresql://127.0.0.1:1/nowhere",
      AUTH_SECRET: "a secret of the tests only",
      ...settings,
    },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += String(chunk)));
  await new Promise((resolve) => child.once("close", resolve));
  return said.trim();
}

const FOUND = "Can't open the database that DATABASE_URL names:";

it("finds a server that listens on one address", async () => {
  await requireLoopbacks("127.0.0.2");
  const port = await listen("127.0.0.2");
  expect(await outcome({ HOST: "127.0.0.2", PORT: String(port) })).toContain(FOUND);
  expect(await outcome({ PORT: String(port) })).toBe(
    `No server responds at http://localhost:${port}. Start it with: npm start`,
  );
});

it("finds a server with HTTPS, and tells a certificate that isn't trusted from no server", async () => {
  const port = await listen("127.0.0.1", true);
  const file = path.join(folder, "cert.pem");
  const settings = { PORT: String(port), SSL_CERTFILE: file, SSL_KEYFILE: file };
  expect(await outcome({ ...settings, NODE_EXTRA_CA_CERTS: file })).toContain(FOUND);
  expect(await outcome(settings)).toMatch(
    /^The certificate of the server at https:\/\/localhost:\d+ isn't trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Set NODE_EXTRA_CA_CERTS /,
  );
});
