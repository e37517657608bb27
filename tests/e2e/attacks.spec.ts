import { expect, signedIn, test, type Page } from "../support/journey";
import { Secret, TOTP } from "otpauth";
import { connect } from "@/db/client";
import { PASSWORD, startPopulatedPortal, type PopulatedPortal, type Role } from "../support/portal-people";
import { readPlainForm, sendPlainForm } from "../support/plain-form";

const EVIL = `<img src=x onerror="window.isTaken=true">`;
const LIMITED = "Too many attempts";

let portal: PopulatedPortal;
/** Signed in before the floods, which use up what wrong tries this address has. */
const pages = new Map<Role, Page>();

test.beforeAll(async ({ browser }) => {
  portal = await startPopulatedPortal({
    RATE_LIMIT_ENABLED: "true",
    // The floods come from one address, and are to meet what stands behind this limit.
    RATE_LIMIT_SIGNED_OUT_PAGES: "1000000",
  });
  for (const role of ["globaladmin", "companyadmin", "outsider"] as const) {
    pages.set(role, await signedIn(browser, portal.server.url, role));
  }
});
test.afterAll(() => portal?.stop());

/** Runs `work` for 0 to `times` - 1, many at once, since refused tries are answered slowly. */
async function manyTimes<T>(times: number, work: (number: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < times) results.push(await work(next++));
  };
  await Promise.all(Array.from({ length: 100 }, worker));
  return results;
}

/** Addresses that a direct client only claims to have. */
const spoofed = (number: number) => ({
  "X-Forwarded-For": `198.51.100.${number % 250}, 203.0.113.${number % 199}`,
  "X-Real-IP": `192.0.2.${number % 251}`,
  Forwarded: `for=198.51.100.${number % 250}`,
});

async function postEvents(key: string, names: { userName: string; computerName: string }[]): Promise<void> {
  const events = names.map(({ userName, computerName }) => ({
    EventType: EVIL,
    UserName: userName,
    ComputerName: computerName,
    Timestamp: new Date().toISOString(),
  }));
  const answer = await fetch(`${portal.server.url}/api/log_events`, {
    method: "POST",
    headers: { "X-API-Key": key },
    body: JSON.stringify({ events }),
  });
  expect(await answer.json()).toMatchObject({ accepted: names.length });
}

async function rowsOf<T extends object>(query: string): Promise<T[]> {
  const sql = connect(portal.databaseUrl, { max: 1 });
  try {
    return (await sql.unsafe(query)) as unknown as T[];
  } finally {
    await sql.end();
  }
}

test("three hundred wrong codes are stopped, however often the sign-in begins again", async () => {
  const page = pages.get("companyadmin")!;
  await page.goto("/set-up-mfa");
  const secret = Secret.fromBase32((await page.getByTestId("mfa-secret").innerText()).replaceAll(" ", ""));
  await page.getByLabel("Code from the app").fill(new TOTP({ secret }).generate());
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("list", { name: "Recovery codes" })).toBeVisible();

  const login = await readPlainForm(`${portal.server.url}/login`, "login");
  let judged = 0;
  await manyTimes(60, async (round) => {
    const begun = await sendPlainForm(login, { login: "companyadmin", password: PASSWORD }, spoofed(round));
    const cookie = begun.cookies.map((text) => text.split(";")[0]!).find((text) => text.includes("ticket"));
    if (!cookie) return;
    const form = await readPlainForm(`${portal.server.url}/mfa`, "code", cookie);
    for (let number = 0; number < 5; number += 1) {
      const code = String((round * 5 + number) % 1_000_000).padStart(6, "0");
      const answer = await sendPlainForm(form, { code }, { cookie, ...spoofed(number) });
      expect(answer.cookies.join()).not.toContain("winauthmon.session");
      if (!answer.text.includes(LIMITED) && answer.status === 200) judged += 1;
    }
  });
  expect(judged).toBeGreaterThan(0);
  expect(judged).toBeLessThanOrEqual(10);
});

test("three hundred wrong passwords from addresses that are only claimed are stopped", async () => {
  const form = await readPlainForm(`${portal.server.url}/login`, "login");
  const one = await manyTimes(300, (number) =>
    sendPlainForm(form, { login: "admin", password: `wrong ${number}` }, spoofed(number)),
  );
  const judged = one.filter(({ text }) => text.includes("Incorrect username")).length;
  expect(judged).toBeGreaterThan(0);
  expect(judged).toBeLessThanOrEqual(10);
  expect(one.filter(({ text }) => text.includes(LIMITED))).toHaveLength(300 - judged);
  const right = await sendPlainForm(form, { login: "admin", password: PASSWORD }, spoofed(1));
  expect(right.text).toContain(LIMITED);

  const many = await manyTimes(300, (number) =>
    sendPlainForm(form, { login: `${EVIL}${number}`, password: "wrong" }, spoofed(number)),
  );
  // One is counted when it is known to be wrong. A test server judges them so fast that those in the queue (at most
  // 50, and one at work) may all be judged first; integration/auth/starvation has slow ones.
  expect(many.filter(({ text }) => text.includes("Incorrect username")).length).toBeLessThanOrEqual(50 + 51);
  const addresses = await rowsOf<{ address: string }>(
    "select distinct address from audit_log where action = 'session.sign-in' and outcome = 'failure'",
  );
  expect(addresses.map(({ address }) => address)).toEqual(["127.0.0.1"]);
});

test("floods of wrong keys and sign-ins leave a handful of rows, and a hostile name harms no page", async () => {
  const wrongKey = (number: number) => number.toString(16).padStart(64, "0");
  const statuses = await manyTimes(2_000, async (number) => {
    const headers = { "X-API-Key": wrongKey(number), ...spoofed(number) };
    const answer = await fetch(`${portal.server.url}/api/log_event`, { method: "POST", headers, body: "{}" });
    await answer.text();
    return answer.status;
  });
  expect(new Set(statuses)).toEqual(new Set([401]));
  await postEvents(portal.own.key, [{ userName: EVIL, computerName: EVIL }]);
  const form = await readPlainForm(`${portal.server.url}/login`, "login");
  await sendPlainForm(form, { login: EVIL, password: "wrong" });

  const page = pages.get("globaladmin")!;
  let isScriptRun = false;
  page.on("dialog", () => (isScriptRun = true));
  for (const path of [
    "/admin/audit",
    "/admin/errors",
    ...["dashboard", "events", "audit"].map((name) => `/${portal.own.id}/${name}`),
  ]) {
    await page.goto(path);
    await page.waitForLoadState("networkidle", { timeout: 10_000 }).catch(() => undefined);
    isScriptRun ||= await page.evaluate(() => "isTaken" in window);
    expect(isScriptRun, path).toBe(false);
    expect(await page.locator("img[src=x]").count(), path).toBe(0);
  }
  await page.goto(`/${portal.own.id}/events`);
  await expect(page.getByText(EVIL).first()).toBeVisible();

  const [errors] = await rowsOf<{ rows: string; counted: string }>(
    "select count(*) as rows, sum(count) as counted from api_error_logs where message like 'Invalid API key%'",
  );
  expect(Number(errors!.rows)).toBeLessThanOrEqual(2);
  expect(Number(errors!.counted)).toBe(2_000);
  const [trail] = await rowsOf<{ rows: string }>(
    "select max(rows) as rows from (select count(*) as rows from audit_log where outcome = 'failure' group by date_trunc('minute', at)) m",
  );
  expect(Number(trail!.rows)).toBeLessThanOrEqual(2 * 60 + 2);
});

test("an open dashboard does not keep its session awake, and leaves for the sign-in page when it is over", async () => {
  const page = pages.get("globaladmin")!;
  const lastSeen = async () => {
    const [row] = await rowsOf<{ minutes: string }>(
      "select extract(epoch from now() - last_seen_at) / 60 as minutes from user_sessions s join app_auth_users u on u.id = s.user_id where u.username = 'globaladmin' order by s.created_at desc limit 1",
    );
    return Number(row!.minutes);
  };
  const idleFor = (minutes: number) =>
    rowsOf(
      `update user_sessions set last_seen_at = now() - interval '${minutes} minutes' where user_id = (select id from app_auth_users where username = 'globaladmin')`,
    );
  await page.goto(`/${portal.own.id}/dashboard`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.context().clearCookies({ name: "winauthmon.active" });
  await idleFor(30);
  await postEvents(portal.own.key, [{ userName: "nobody.looks", computerName: "IDLE-PC" }]);
  await expect(page.getByText("nobody.looks").first()).toBeVisible();
  expect(await lastSeen()).toBeGreaterThan(29);
  await page.getByRole("link", { name: "Events", exact: true }).click();
  await page.waitForURL(/\/events/);
  await expect.poll(lastSeen).toBeLessThan(29);
  await page.goto(`/${portal.own.id}/dashboard`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await idleFor(10_000);
  await page.waitForURL(/login/, { timeout: 60_000 });
  await expect(page.getByLabel("Username or email")).toBeVisible();
});

test("in a browser, nothing of another company can be opened, named, changed or overheard", async () => {
  const { own, other } = portal;
  const page = pages.get("outsider")!;
  for (const name of ["dashboard", "events", "sites", "agent", "members", "audit", "audit/export"]) {
    const answer = await page.goto(`/${own.id}/${name}`);
    expect(answer?.status(), name).toBe(404);
    expect(await page.title(), name).not.toContain("Own Company");
    await expect(page.getByText("Own Company"), name).toHaveCount(0);
  }

  // The form is the outsider's own; the ids in it are changed on their way.
  const [site] = await rowsOf<{ id: number }>(`select id from sites where company_id = ${own.id}`);
  const changes: Record<string, number>[] = [{ siteId: site!.id }, { companyId: own.id, siteId: site!.id }];
  for (const ids of changes) {
    await page.route(/\/sites$/, async (route) => {
      const sent = route.request().postDataBuffer()?.toString("latin1");
      if (route.request().method() !== "POST" || !sent) return route.continue();
      const altered = Object.entries(ids).reduce(
        (text, [name, id]) => text.replace(new RegExp(`(name="[^"]*${name}"\\r\\n\\r\\n)\\d+`), `$1${id}`),
        sent,
      );
      expect(altered).not.toBe(sent);
      await route.continue({ postData: Buffer.from(altered, "latin1") });
    });
    await page.goto(`/${other.id}/sites`);
    await page.getByRole("button", { name: "Rename" }).first().click();
    await page.getByRole("textbox", { name: "Name" }).fill("Taken over");
    await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
    const refusal = page.getByRole("dialog").getByRole("alert");
    await expect(refusal.or(page.getByRole("heading", { name: "Page not found" }))).toBeVisible();
    await page.unroute(/\/sites$/);
  }
  expect(await rowsOf(`select 1 from sites where name = 'Taken over'`)).toHaveLength(0);

  await page.goto("/all/dashboard");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await postEvents(own.key, [{ userName: "person.of.own", computerName: "OWN-PC" }]);
  await postEvents(other.key, [{ userName: "person.of.other", computerName: "OTHER-PC" }]);
  await expect(page.getByText("person.of.other").first()).toBeVisible();
  await expect(page.getByText("person.of.own")).toHaveCount(0);
  await page.goto("/all/events");
  await expect(page.getByText("person.of.other").first()).toBeVisible();
  await expect(page.getByText("person.of.own")).toHaveCount(0);
});
