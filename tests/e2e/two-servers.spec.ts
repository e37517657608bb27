import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PASSWORD } from "../support/own-server";
import { expect, signedIn, test } from "../support/journey";
import { connect } from "@/db/client";
import { startEmbeddedPostgres } from "@/db/embedded";
import { startNginx, type TestNginx } from "../support/nginx";
import { findPlainForm, plainFormBody } from "../support/plain-form";
import { startRedis, type TestRedis } from "../support/redis";
import { requestFrom } from "../support/request-from";
import { startServerProcess, type ServerProcess } from "../support/server-process";

const API_KEY = "7a".repeat(32);
const LIMITED = "Too many attempts";
let folder: string;
let database: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let redis: TestRedis;
let nginx: TestNginx;
let portal: string;
/** What servers had said that were ended, and the two that run. */
const endedSaid: string[] = [];
let servers: [ServerProcess, ServerProcess];
let startedAt: number;

function startServer(name: string, port = 0): Promise<ServerProcess> {
  return startServerProcess("dist/server.mjs", {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    DATA_DIR: path.join(folder, name),
    AUTH_SECRET: "a secret of the tests, and of nothing else",
    HOST: "127.0.0.1",
    PORT: String(port),
    INITIAL_API_KEY: API_KEY,
    INITIAL_ADMIN_PASSWORD: PASSWORD,
    TRUSTED_PROXIES: "127.0.0.1",
    RATE_LIMIT_AGENT_PER_MINUTE: "1000000",
    RATE_LIMIT_SIGN_IN_PER_ADDRESS: "3",
    BCRYPT_COST: "4",
    LOG_LEVEL: "debug",
  });
}

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "winauthmon-two-"));
  database = await startEmbeddedPostgres({ dataDir: path.join(folder, "database") });
  redis = await startRedis();
  servers = await Promise.all([startServer("first"), startServer("second")]);
  startedAt = Date.now();
  nginx = await startNginx([servers[0].port, servers[1].port]);
  portal = `https://127.0.0.1:${nginx.port}`;
});
test.afterAll(async () => {
  await nginx?.stop();
  await Promise.all((servers ?? []).map((server) => server.end("SIGTERM")));
  await redis?.stop();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function rowsOf<T extends object>(query: string): Promise<T[]> {
  const sql = connect(database.url, { max: 1 });
  try {
    return (await sql.unsafe(query)) as unknown as T[];
  } finally {
    await sql.end();
  }
}

interface SentEvent {
  EventId: string;
  EventType: string;
  UserName: string;
  ComputerName: string;
  Timestamp: string;
}

function newEvent(UserName: string): SentEvent {
  const [EventId, Timestamp] = [randomUUID(), new Date().toISOString()];
  return { EventId, EventType: "Logon", UserName, ComputerName: "PC-1", Timestamp };
}

/** Sends an event as an agent does, from an address of its own, and gives the answer's status. */
async function post(base: string, event: SentEvent): Promise<number> {
  const init = { method: "POST", headers: { "X-API-Key": API_KEY }, body: JSON.stringify(event) };
  return (await requestFrom("127.0.0.9", `${base}/api/log_event`, init)).status;
}

const direct = (number: 0 | 1) => `http://127.0.0.1:${servers[number].port}`;

/** A wrong password sent from one of this machine's addresses, claiming to come from elsewhere; gives the page. */
async function guessFrom(localAddress: string, base: string, login: string): Promise<string> {
  const claimed = `198.51.100.${Math.floor(Math.random() * 250)}`;
  const spoofed = { "X-Forwarded-For": claimed, "X-Real-IP": claimed, Forwarded: `for=${claimed}` };
  const url = `${base}/login`;
  const form = findPlainForm(url, (await requestFrom(localAddress, url)).text, "login");
  const sent = new Response(plainFormBody(form, { login, password: "wrong" }));
  const headers = { "Content-Type": sent.headers.get("content-type")!, Origin: base, ...spoofed };
  const body = Buffer.from(await sent.arrayBuffer());
  return (await requestFrom(localAddress, url, { method: "POST", headers, body })).text;
}

let seenSeq = 0;

/** Of the failed sign-ins since the last call, as the trail has them. */
async function newlyLoggedAddresses(): Promise<string[]> {
  const rows = await rowsOf<{ seq: string; address: string }>(
    `select seq, address from audit_log where action = 'session.sign-in' and outcome = 'failure' and seq > ${seenSeq}
     order by seq`,
  );
  seenSeq = Number(rows.at(-1)?.seq ?? seenSeq);
  return [...new Set(rows.map(({ address }) => address))];
}

test("two servers started together on an empty database: one seeds it, both serve it", async () => {
  const seeded = servers.filter(({ said }) => said().includes("First API key"));
  expect(seeded).toHaveLength(1);
  expect(await rowsOf("select id from app_auth_users")).toHaveLength(1);
  expect(await rowsOf("select id from app_auth_api_keys")).toHaveLength(1);
  const event = newEvent("of-both");
  // The same event through the one and the other is one event.
  expect(await post(direct(0), event)).toBe(201);
  expect(await post(direct(1), event)).toBe(200);
  expect(await post(portal, event)).toBe(200);
});

test("a client past the proxy is limited and logged by its own address, whatever its headers claim", async () => {
  const pages: string[] = [];
  for (let number = 0; number < 4; number += 1)
    pages.push(await guessFrom("127.0.0.2", direct(number % 2 === 0 ? 0 : 1), `past-proxy-${number}`));
  expect(pages.map((page) => page.includes(LIMITED))).toEqual([false, false, false, true]);
  expect(await newlyLoggedAddresses()).toEqual(["127.0.0.2"]);
  expect(servers[0].said()).toMatch(/"path":"\/login".*"address":"127\.0\.0\.2"/);
  expect(servers.map(({ said }) => said()).join("")).not.toContain("198.51.100.");
});

test("through the proxy the real client is limited and logged, whatever its headers claim, and nobody else", async () => {
  const pages: string[] = [];
  for (let number = 0; number < 4; number += 1)
    pages.push(await guessFrom("127.0.0.3", portal, `via-proxy-${number}`));
  expect(pages.map((page) => page.includes(LIMITED))).toEqual([false, false, false, true]);
  expect(await newlyLoggedAddresses()).toEqual(["127.0.0.3"]);
  expect(await guessFrom("127.0.0.4", portal, "another-client")).not.toContain(LIMITED);
  expect(await newlyLoggedAddresses()).toEqual(["127.0.0.4"]);
  expect(servers.map(({ said }) => said()).join("")).not.toContain("198.51.100.");
});

test("pages come through nginx as https, and the live feed through it shows what any server stored", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal, "superadmin", { ignoreHTTPSErrors: true });
  await page.goto("/");
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ name }) => /session/.test(name)).map(({ name }) => name)).toEqual([
    "__Host-winauthmon.session",
  ]);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  for (const number of [0, 1] as const) {
    expect(await post(direct(number), newEvent(`live-from-${number}`))).toBe(201);
    await expect(page.getByText(`live-from-${number}`).first()).toBeVisible();
  }
  await page.context().close();
});

test("kill -9 of one server under load loses no event and doubles none, and nginx goes on with the other", async () => {
  const acknowledged = new Set<string>();
  let isOver = false;
  /** Sends one event after another as an agent does: each again until it is acknowledged. */
  const send = async () => {
    while (!isOver) {
      const event = newEvent("under-load");
      for (;;) {
        const status = await post(portal, event).catch(() => 0);
        if (status === 201 || status === 200) break;
        await delay(20);
      }
      acknowledged.add(event.EventId);
    }
  };
  const senders = Array.from({ length: 16 }, send);
  const reach = (count: number) =>
    expect.poll(() => acknowledged.size, { timeout: 60_000 }).toBeGreaterThan(count);
  await reach(300);
  const [killed] = servers;
  await killed.end("SIGKILL");
  endedSaid.push(killed.said());
  await reach(acknowledged.size + 300);
  isOver = true;
  await Promise.all(senders);
  const stored = await rowsOf<{ id: string }>(
    `select agent_event_id as id from events join accounts on accounts.id = account_id
     where accounts.name = 'under-load'`,
  );
  expect(stored.map(({ id }) => id).sort()).toEqual([...acknowledged].sort());
  servers = [await startServer("first", killed.port), servers[1]];
  expect(await post(direct(0), newEvent("after-restart"))).toBe(201);
});

test("pages whose servers were all away are live again by themselves", async ({ browser }) => {
  const page = await signedIn(browser, portal, "superadmin", { ignoreHTTPSErrors: true });
  await page.goto("/");
  const alerts = await page.context().newPage();
  await alerts.goto(`${portal}/1/alerts`);
  const form = await page.context().newPage();
  await form.goto(`${portal}/admin/settings`);
  await form.getByLabel("Minimum length").fill("13");
  await expect(alerts.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  expect(await post(portal, newEvent("at-once"))).toBe(201);
  await expect(page.getByText("at-once").first()).toBeVisible();
  expect(await post(portal, newEvent("a-little-later"))).toBe(201);
  await expect(page.getByText("a-little-later").first()).toBeVisible();
  await Promise.all(servers.map((server) => server.end("SIGTERM")));
  endedSaid.push(...servers.map(({ said }) => said()));
  // The browser has asked again, and was refused by nginx.
  await page.waitForResponse((response) => response.url().includes("/stream") && response.status() === 502);
  await form.getByRole("button", { name: "Save settings" }).click();
  await expect(form.getByText("The server can't be reached. Try again.").first()).toBeVisible();
  await expect(form.getByLabel("Minimum length")).toHaveValue("13");
  // Longer than the pauses after which an announced event has a page read again: what nginx says must not replace it.
  await page.waitForTimeout(6_000);
  servers = await Promise.all([
    startServer("first", servers[0].port),
    startServer("second", servers[1].port),
  ]);
  for (const open of [page, alerts])
    await expect(open.getByText("Live", { exact: true })).toBeVisible({ timeout: 30_000 });
  expect(await post(direct(1), newEvent("back-again"))).toBe(201);
  await expect(page.getByText("back-again").first()).toBeVisible();
  // For ten seconds after a failure, nginx may take a server for one that is still away.
  await expect(async () => {
    await form.getByRole("button", { name: "Save settings" }).click();
    await expect(form.getByText("Settings saved").first()).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await page.context().close();
});

test("a page whose database was away stays, and so do its session and what is typed", async ({ browser }) => {
  const page = await signedIn(browser, direct(0), "superadmin");
  await page.goto("/");
  const form = await page.context().newPage();
  await form.goto("/admin/settings");
  await form.getByLabel("Idle timeout (minutes)").fill("77");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await database.stop();
  await form.getByRole("button", { name: "Save settings" }).click();
  await expect(form.getByText("The database isn't available right now.").first()).toBeVisible();
  const session = await page.request.get("/api/auth/session");
  expect(session.headers()["set-cookie"] ?? "").not.toMatch(/session=;/);
  expect(await session.json()).not.toBeNull();
  // Longer than between two looks whether the live view is still allowed.
  await page.waitForTimeout(16_000);
  database = await startEmbeddedPostgres({ dataDir: path.join(folder, "database") });
  await expect.poll(() => post(direct(0), newEvent("database-back")), { timeout: 30_000 }).toBe(201);
  await expect(page.getByText("database-back").first()).toBeVisible();
  await expect(form.getByLabel("Idle timeout (minutes)")).toHaveValue("77");
  await form.getByRole("button", { name: "Save settings" }).click();
  await expect(form.getByText("Settings saved").first()).toBeVisible();
  await page.context().close();
});

test("a key disabled through one server is refused by the other within a second", async ({ browser }) => {
  const page = await signedIn(browser, direct(0), "superadmin", { ignoreHTTPSErrors: true });
  await page.goto("/1/sites");
  expect([
    await post(direct(0), newEvent("key-works")),
    await post(direct(1), newEvent("key-works")),
  ]).toEqual([201, 201]);
  await page.getByRole("button", { name: /^Disable key/ }).click();
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await answered;
  const refused = () =>
    Promise.all([post(direct(0), newEvent("refused")), post(direct(1), newEvent("refused"))]);
  await expect.poll(refused, { timeout: 1_000, intervals: [50] }).toEqual([401, 401]);
  await page.context().close();
});

test("of two servers one runs each daily job, once", async () => {
  const said = () => [...endedSaid, ...servers.map((server) => server.said())].join("\n");
  const runs = (job: string) =>
    said().match(new RegExp(`"job":"${job}","msg":"Job started"`, "g"))?.length ?? 0;
  // Each server has looked for due jobs twice by then.
  await expect.poll(() => Date.now() - startedAt, { timeout: 60_000 }).toBeGreaterThan(50_000);
  await expect.poll(() => runs("audit-verify"), { timeout: 60_000 }).toBe(1);
  expect(runs("retention")).toBe(1);
  expect(said()).not.toContain('"msg":"Job failed"');
});
