import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PASSWORD } from "../support/own-server";
import { expect, giveCredentials, test } from "../support/journey";
import { startEmbeddedPostgres } from "@/db/embedded";
import { freePort } from "../support/free-port";

const API_KEY = "5e".repeat(32);
let folder: string;
let database: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let url: string;
let server: Hosted;

interface Hosted {
  child: ChildProcess;
  exited: Promise<number | null>;
  said(): string;
}

/** Plain `next start`, as hosting does that never runs server.ts. */
function startNext(port: number, env: Record<string, string>): Hosted {
  const program = ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(port)];
  const child = spawn(process.execPath, program, {
    env: {
      ...process.env,
      NODE_ENV: "production",
      BCRYPT_COST: "4",
      LOG_LEVEL: "warn",
      DATA_DIR: path.join(folder, "nobody-writes-here"),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += String(chunk)));
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, exited, said: () => output };
}

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "winauthmon-hosted-"));
  database = await startEmbeddedPostgres({ dataDir: path.join(folder, "database") });
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = startNext(port, {
    DATABASE_URL: database.url,
    AUTH_SECRET: "a secret of the tests, and of nothing else",
    INITIAL_ADMIN_PASSWORD: PASSWORD,
    INITIAL_API_KEY: API_KEY,
  });
  await expect
    .poll(() => fetch(`${url}/api/health`).then(({ status }) => status, server.said), { timeout: 120_000 })
    .toBe(200);
});
test.afterAll(async () => {
  server?.child.kill("SIGTERM");
  await server?.exited;
  await database?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

test("without server.ts the portal migrates, seeds, records an agent's event once, signs people in, and stops though a page is live", async ({
  browser,
}) => {
  const event = {
    EventId: "7f2c1a34-6a0e-4c52-9a53-0f6c2f3f7a10",
    EventType: "Logon",
    UserName: "hosted-anna",
    ComputerName: "PC-HOSTED",
    Timestamp: new Date().toISOString(),
  };
  const post = () =>
    fetch(`${url}/api/log_event`, {
      method: "POST",
      headers: { "X-API-Key": API_KEY },
      body: JSON.stringify(event),
    }).then(({ status }) => status);
  expect([await post(), await post()]).toEqual([201, 200]);

  const page = await (await browser.newContext({ baseURL: url })).newPage();
  const login = (await page.goto("/login"))!;
  expect(login.headers()["content-security-policy"]).toContain("'strict-dynamic'");
  await giveCredentials(page);
  await page.waitForURL(/dashboard/);
  await expect(page.getByText("hosted-anna").first()).toBeVisible();

  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  server.child.kill("SIGTERM");
  // Next.js ends by itself with 143 (128 and the signal's number) unless the browser opens the live feed anew.
  expect([0, 143]).toContain(await server.exited);
});

test("without a database of its own it ends with words instead of answering 500 for ever", async () => {
  const lost = startNext(await freePort(), { DATABASE_URL: "", AUTH_SECRET: "" });
  expect(await lost.exited).toBe(1);
  expect(lost.said()).toContain("both DATABASE_URL and AUTH_SECRET must be set");
});

test("hosting that copies only the files a function needs copies those read at run time too", () => {
  const traces = readdirSync(".next/server/app", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".nft.json"))
    .map((file) => readFileSync(path.join(".next/server/app", file), "utf8"));
  expect(traces.length).toBeGreaterThan(20);
  const wanted = [
    /\/package\.json"/,
    /\/db\/migrations\/0001_\w+\.sql"/,
    /\/winagentUSM\.exe"/,
    /\/DejaVuSans\.ttf"/,
  ];
  for (const file of wanted) expect(traces.filter((trace) => !file.test(trace))).toHaveLength(0);
});
