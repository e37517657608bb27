import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { root } from "../../support/dockerfile";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function answering(status: number): Promise<string> {
  server = createServer((req, res) => res.writeHead(req.url === "/api/health" ? status : 404).end());
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return String((server.address() as AddressInfo).port);
}

function check(PORT: string): Promise<{ code: number; said: string }> {
  const env = { ...process.env, HOST: "0.0.0.0", PORT, SSL_CERTFILE: "" };
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/health-check.mjs"], { cwd: root, env }, (error, _out, said) =>
      resolve({ code: error ? Number(error.code) : 0, said }),
    );
  });
}

test("a container is healthy while its server answers, and says why when it is not", async () => {
  expect(await check(await answering(200))).toEqual({ code: 0, said: "" });
});

test("a container whose server answers with a fault is not healthy", async () => {
  const { code, said } = await check(await answering(503));
  expect(code).toBe(1);
  expect(said).toContain("answered 503");
});

test("a container whose server is gone is not healthy", async () => {
  const port = await answering(200);
  server!.close();
  const { code, said } = await check(port);
  expect(code).toBe(1);
  expect(said).toContain("ECONNREFUSED");
});
