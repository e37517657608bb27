import { type BrowserContext } from "@playwright/test";
import { connect } from "@/db/client";
import { expect, type Page, signedIn, test } from "../support/journey";
import { startNginx, type TestNginx } from "../support/nginx";
import { startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";
import { postEvents } from "../support/posted-events";

let portal: PopulatedPortal;
let nginx: TestNginx;

test.beforeAll(async () => {
  portal = await startPopulatedPortal({ TRUSTED_PROXIES: "127.0.0.1" });
  const port = Number(new URL(portal.server.url).port);
  nginx = await startNginx([port, port]);
  await post("anna", portal.own.key);
});
test.afterAll(async () => {
  await nginx?.stop();
  await portal?.stop();
});

function post(UserName: string, key: string): Promise<void> {
  const event = { EventType: "Logon", UserName, ComputerName: "PC-1", Timestamp: new Date().toISOString() };
  return postEvents(portal.server.url, key, [event]);
}

async function runSql(query: string): Promise<void> {
  const sql = connect(portal.databaseUrl, { max: 1 });
  await sql.unsafe(query);
  await sql.end();
}

const notice = (name: string) =>
  runSql(`insert into notifications (company_id, kind, severity, params) values (${portal.own.id}, 'computer.silent',
    'warning', '{"computer":{"id":1,"name":"${name}"},"lastSeenAt":"2026-01-01T00:00:00Z"}')`);

const expectLive = (page: Page) =>
  expect(page.getByText("Live", { exact: true })).toBeVisible({ timeout: 60_000 });

/** The streams that a window has open at present. */
function streamsOf(page: Page): Set<unknown> {
  const open = new Set<unknown>();
  page.on("request", (request) => request.url().includes("/api/events/stream") && open.add(request));
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => open.delete(request));
  return open;
}

/** Opens as many windows of live pages, and has each of them answered though all streams stay open. */
async function openSideBySide(context: BrowserContext, count: number): Promise<void> {
  const paths = ["dashboard", "events", "alerts"];
  const windows: { page: Page; streams: Set<unknown> }[] = [];
  for (let number = 0; number < count; number += 1) {
    const page = await context.newPage();
    windows.push({ page, streams: streamsOf(page) });
    await page.goto(`/${portal.own.id}/${paths[number % paths.length]}`);
    await expectLive(page);
  }
  for (const { page, streams } of windows) {
    await expectLive(page);
    await expect.poll(() => streams.size).toBe(1);
    const status = page.evaluate(async () => (await fetch("/api/auth/session")).status);
    expect(await status).toBe(200);
  }
  const { page, streams } = windows.at(-1)!;
  await page.getByRole("navigation").getByRole("link", { name: "Accounts" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Accounts" })).toBeVisible();
  // The bell has a stream of its own now that no page brings its count.
  await expect.poll(() => streams.size).toBe(1);
}

test("five windows side by side leave a connection for clicks over plain HTTP", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "companyadmin");
  await openSideBySide(page.context(), 5);
});

test("the sample for nginx has no limit of windows", async ({ browser }) => {
  const url = `https://127.0.0.1:${nginx.port}`;
  const page = await signedIn(browser, url, "companyadmin", { ignoreHTTPSErrors: true });
  await page.goto("/profile");
  const protocol = page.evaluate(
    () => (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming).nextHopProtocol,
  );
  expect(await protocol).toBe("h2");
  await openSideBySide(page.context(), 8);
});

test("the bell keeps what came while its list was open, and other windows follow", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "companyadmin");
  await notice("PC-1");
  await page.goto("/profile");
  const other = await page.context().newPage();
  await other.goto(`/${portal.own.id}/dashboard`);
  const one = "Notifications, 1 unread";
  await expect(other.getByRole("button", { name: one })).toBeVisible();
  await page.getByRole("button", { name: one }).click();
  const list = page.getByRole("dialog", { name: "Unread notifications" });
  const markRead = list.getByRole("button", { name: "Mark all as read" });
  await expect(markRead).toBeVisible();
  await notice("PC-2");
  await expect(other.getByRole("button", { name: "Notifications, 2 unread" })).toBeVisible();
  await markRead.click();
  await expect(list).toBeHidden();
  for (const open of [page, other]) await expect(open.getByRole("button", { name: one })).toBeVisible();
});

test("a slow page follows steady events, and a filter chosen meanwhile arrives", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "companyadmin");
  await page.goto(`/${portal.own.id}/events`);
  await expectLive(page);
  const reads = { underWay: 0, most: 0 };
  // A slow line: each reading of the page takes three seconds more.
  await page.route(/\/events(\?|$)/, async (route) => {
    if (!route.request().headers().rsc) return route.continue();
    reads.underWay += 1;
    reads.most = Math.max(reads.most, reads.underWay);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    reads.underWay -= 1;
    // One that the page gave up is nothing to go on with.
    await route.continue().catch(() => undefined);
  });
  const agent = { isOn: true, sent: 0 };
  const sending = (async () => {
    for (; agent.isOn; agent.sent += 1) {
      await post(`ben.${agent.sent}`, portal.own.key);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  })();
  try {
    const rows = page.getByRole("table").getByText(/^ben\.\d+$/);
    await expect(rows.first()).toBeVisible({ timeout: 60_000 });
    const before = await rows.count();
    await expect.poll(() => rows.count(), { timeout: 60_000 }).toBeGreaterThan(before);
    expect(reads.most).toBe(1);
    await page.getByLabel("Search account or computer").fill("anna");
    await page.waitForURL(/[?&]q=anna/, { timeout: 60_000 });
    await expect(rows).toHaveCount(0, { timeout: 60_000 });
    await expect(page.getByRole("table").getByText("anna", { exact: true }).first()).toBeVisible();
  } finally {
    agent.isOn = false;
    await sending;
  }
});

test("what a person may no longer see leaves the page that shows it", async ({ browser }) => {
  const member = `(select id from app_auth_users where username = 'user')`;
  await runSql(
    `insert into app_auth_user_companies (user_id, company_id, role) values (${member}, ${portal.other.id}, 'User')`,
  );
  await post("zora", portal.other.key);
  await post("anna", portal.own.key);
  const page = await signedIn(browser, portal.server.url, "user");
  await page.goto("/all/dashboard");
  const feed = page.getByRole("list", { name: "Latest events" });
  await expect(feed.getByRole("link", { name: "zora" }).first()).toBeVisible();
  await expectLive(page);
  await runSql(
    `delete from app_auth_user_companies where user_id = ${member} and company_id = ${portal.other.id}`,
  );
  await expect(feed.getByRole("link", { name: "zora" })).toHaveCount(0, { timeout: 60_000 });
  await expect(feed.getByRole("link", { name: "anna" }).first()).toBeVisible();

  await page.goto(`/${portal.own.id}/dashboard`);
  await expectLive(page);
  await runSql(
    `delete from app_auth_user_companies where user_id = ${member} and company_id = ${portal.own.id}`,
  );
  await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible({
    timeout: 60_000,
  });
});
