import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { freePort } from "../support/free-port";
import { bundleServerWithoutPages } from "../support/server-process";

let server: ChildProcess | undefined;
let dataDir: string | undefined;

afterEach(async () => {
  if (server?.exitCode === null) {
    const ended = new Promise((resolve) => server!.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
  }
  if (dataDir) await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

it("serves and stops in order when whoever read its outputs is gone", async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "winauthmon-output-"));
  const port = await freePort();
  const program = await bundleServerWithoutPages();
  server = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATA_DIR: dataDir,
      DATABASE_URL: "",
      AUTH_SECRET: "",
      HOST: "127.0.0.1",
      PORT: String(port),
      BCRYPT_COST: "4",
      LOG_LEVEL: "debug",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  server.stdout!.destroy();
  server.stderr!.destroy();
  const exitCode = new Promise((resolve) => server!.once("exit", resolve));
  const isHealthy = () => fetch(`http://127.0.0.1:${port}/api/health`).then(({ ok }) => ok);
  const healthy = vi.waitFor(async () => expect(await isHealthy()).toBe(true), 50_000);
  expect(await Promise.race([healthy.then(() => "healthy"), exitCode])).toBe("healthy");
  // What follows is written to the closed pipes: the address and the key of the first start, and every request.
  for (let round = 0; round < 20; round += 1) expect(await isHealthy()).toBe(true);
  server.kill("SIGTERM");
  expect(await exitCode).toBe(0);
});
