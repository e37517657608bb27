import { readdirSync, readFileSync } from "node:fs";
import { ACTIONS } from "../support/guarded-actions";
import { expect, expectFit, signedIn, test, type Browser } from "../support/journey";
import { isHeadingAlive, openWithCookies } from "../support/page-with-cookies";
import { postEvents } from "../support/posted-events";
import { ROLES, startPopulatedPortal, type PopulatedPortal, type Role } from "../support/portal-people";

type Who = Role | "nobody";

const OF_COMPANY = "(portal)/[company]/";

/** What each role gets of the own company's address: 200 unless said here. Signed-out people are sent to sign in. */
const EVERYBODY: Partial<Record<Role, number>> = {};
const COMPANY_MEMBERS: Partial<Record<Role, number>> = { outsider: 404 };
const COMPANY_MANAGERS: Partial<Record<Role, number>> = { user: 403, outsider: 404 };
const COMPANY_AUDITORS: Partial<Record<Role, number>> = { admin: 403, user: 403, outsider: 404 };
const GLOBAL_ADMINS: Partial<Record<Role, number>> = {
  admin: 403,
  companyadmin: 403,
  user: 403,
  outsider: 403,
};
const USER_LISTERS: Partial<Record<Role, number>> = { companyadmin: 403, user: 403, outsider: 403 };

/** Files of the given names below app, without the leading folder. */
function appFiles(...names: string[]): string[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => names.includes(file.split("/").at(-1)!));
}

/** Pages of reports: every member of the company opens them, and no one else. */
function reportPages(): Record<string, Guarded> {
  const found = appFiles("page.tsx").filter(
    (file) => /\breportPage\(/.test(readFileSync(`app/${file}`, "utf8")) && file.startsWith(OF_COMPANY),
  );
  return Object.fromEntries(
    found.map((file) => {
      const page = file.slice(OF_COMPANY.length).replace(/(\/\(list\))?\/page\.tsx$/, "");
      return [file, { path: `/{own}/${page}`, expected: COMPANY_MEMBERS }];
    }),
  );
}

/** Every page and handler of the portal below a session, by its file; `{own}` is the company's id. */
interface Guarded {
  path: string;
  expected: Partial<Record<Role, number>>;
  whenOpen?: number;
  method?: "POST";
}

const GUARDED: Record<string, Guarded> = {
  ...reportPages(),
  "(portal)/page.tsx": { path: "/", expected: EVERYBODY, whenOpen: 307 },
  "(portal)/profile/page.tsx": { path: "/profile", expected: EVERYBODY },
  "(portal)/api-docs/page.tsx": { path: "/api-docs", expected: EVERYBODY },
  "(auth)/change-password/page.tsx": { path: "/change-password", expected: EVERYBODY },
  "(auth)/set-up-mfa/page.tsx": { path: "/set-up-mfa", expected: EVERYBODY },
  "(portal)/[company]/dashboard/page.tsx": { path: "/{own}/dashboard", expected: COMPANY_MEMBERS },
  "(portal)/[company]/events/page.tsx": { path: "/{own}/events", expected: COMPANY_MEMBERS },
  "(portal)/[company]/time-spent/[account]/[date]/page.tsx": {
    path: "/{own}/time-spent/999999999/2026-01-05",
    expected: COMPANY_MEMBERS,
    whenOpen: 404,
  },
  "(portal)/[company]/who-was-on/page.tsx": { path: "/{own}/who-was-on", expected: COMPANY_MEMBERS },
  "(portal)/[company]/computers/(list)/page.tsx": { path: "/{own}/computers", expected: COMPANY_MEMBERS },
  "(portal)/[company]/computers/[computerId]/page.tsx": {
    path: "/{own}/computers/999999",
    expected: COMPANY_MEMBERS,
    whenOpen: 404,
  },
  "(portal)/[company]/accounts/(list)/page.tsx": { path: "/{own}/accounts", expected: COMPANY_MEMBERS },
  "(portal)/[company]/accounts/[accountId]/page.tsx": {
    path: "/{own}/accounts/999999",
    expected: COMPANY_MEMBERS,
    whenOpen: 404,
  },
  "(portal)/[company]/overview/page.tsx": { path: "/{own}/overview", expected: COMPANY_MEMBERS },
  "(portal)/[company]/views/page.tsx": { path: "/{own}/views", expected: COMPANY_MEMBERS },
  "(portal)/[company]/schedules/page.tsx": { path: "/{own}/schedules", expected: COMPANY_MEMBERS },
  "(portal)/[company]/schedules/[scheduleId]/page.tsx": {
    path: "/{own}/schedules/999999",
    expected: COMPANY_MEMBERS,
    whenOpen: 404,
  },
  "(portal)/[company]/alerts/page.tsx": { path: "/{own}/alerts", expected: COMPANY_MEMBERS },
  "(portal)/[company]/alerts/[alertId]/page.tsx": {
    path: "/{own}/alerts/999999",
    expected: COMPANY_MEMBERS,
    whenOpen: 404,
  },
  "(portal)/[company]/alerts/rules/page.tsx": { path: "/{own}/alerts/rules", expected: COMPANY_MEMBERS },
  "(portal)/[company]/alerts/rules/backtest/route.ts": {
    path: "/{own}/alerts/rules/backtest",
    method: "POST",
    expected: COMPANY_MANAGERS,
    whenOpen: 400,
  },
  "(portal)/[company]/alerts/rules/export/route.ts": {
    path: "/{own}/alerts/rules/export?format=yaml",
    expected: COMPANY_MEMBERS,
  },
  "(portal)/[company]/alerts/calendar/page.tsx": {
    path: "/{own}/alerts/calendar",
    expected: COMPANY_MEMBERS,
  },
  "(portal)/[company]/alerts/tags/page.tsx": { path: "/{own}/alerts/tags", expected: COMPANY_MEMBERS },
  "(portal)/[company]/sites/page.tsx": { path: "/{own}/sites", expected: COMPANY_MANAGERS },
  "(portal)/[company]/agent/page.tsx": { path: "/{own}/agent", expected: COMPANY_MANAGERS },
  "(portal)/[company]/agent/download/route.ts": {
    path: "/{own}/agent/download",
    method: "POST",
    expected: COMPANY_MANAGERS,
    whenOpen: 400,
  },
  "(portal)/[company]/notifications/page.tsx": { path: "/{own}/notifications", expected: COMPANY_MANAGERS },
  "(portal)/[company]/notifications/channels/page.tsx": {
    path: "/{own}/notifications/channels",
    expected: COMPANY_MANAGERS,
  },
  "(portal)/[company]/notifications/deliveries/page.tsx": {
    path: "/{own}/notifications/deliveries",
    expected: COMPANY_MANAGERS,
  },
  "(portal)/admin/notifications/page.tsx": { path: "/admin/notifications", expected: GLOBAL_ADMINS },
  "(portal)/admin/notifications/channels/page.tsx": {
    path: "/admin/notifications/channels",
    expected: GLOBAL_ADMINS,
  },
  "(portal)/admin/notifications/deliveries/page.tsx": {
    path: "/admin/notifications/deliveries",
    expected: GLOBAL_ADMINS,
  },
  "(portal)/[company]/members/page.tsx": { path: "/{own}/members", expected: COMPANY_MANAGERS },
  "(portal)/[company]/members/[userId]/page.tsx": {
    path: "/{own}/members/{member}",
    expected: COMPANY_MANAGERS,
  },
  "(portal)/[company]/privacy/page.tsx": { path: "/{own}/privacy", expected: COMPANY_MEMBERS },
  "(portal)/[company]/privacy/export/route.ts": {
    path: "/{own}/privacy/export",
    expected: COMPANY_MANAGERS,
    whenOpen: 400,
  },
  "(portal)/[company]/audit/page.tsx": { path: "/{own}/audit", expected: COMPANY_AUDITORS },
  "(portal)/[company]/audit/export/route.ts": { path: "/{own}/audit/export", expected: COMPANY_AUDITORS },
  "(portal)/admin/companies/page.tsx": { path: "/admin/companies", expected: GLOBAL_ADMINS },
  "(portal)/admin/companies/export/route.ts": { path: "/admin/companies/export", expected: GLOBAL_ADMINS },
  "(portal)/admin/companies/[companyId]/page.tsx": {
    path: "/admin/companies/{own}",
    expected: { ...GLOBAL_ADMINS, outsider: 404 },
  },
  "(portal)/admin/users/page.tsx": { path: "/admin/users", expected: USER_LISTERS },
  "(portal)/admin/users/export/route.ts": { path: "/admin/users/export", expected: USER_LISTERS },
  "(portal)/admin/users/[userId]/page.tsx": { path: "/admin/users/{member}", expected: USER_LISTERS },
  "(portal)/admin/settings/page.tsx": { path: "/admin/settings", expected: GLOBAL_ADMINS },
  "(portal)/admin/audit/page.tsx": { path: "/admin/audit", expected: GLOBAL_ADMINS },
  "(portal)/admin/audit/export/route.ts": { path: "/admin/audit/export", expected: GLOBAL_ADMINS },
  "(portal)/admin/system/page.tsx": { path: "/admin/system", expected: GLOBAL_ADMINS },
  "(portal)/admin/errors/page.tsx": { path: "/admin/errors", expected: GLOBAL_ADMINS },
  "api/v1/reports/[report]/route.ts": {
    path: "/api/v1/reports/none?company={own}",
    expected: COMPANY_MEMBERS,
    whenOpen: 404,
  },
  "(print)/[company]/print/[table]/page.tsx": {
    path: "/{own}/print/accounts",
    expected: COMPANY_MEMBERS,
  },
  "api/v1/events/route.ts": { path: "/api/v1/events?company={own}", expected: COMPANY_MEMBERS },
  "api/v1/accounts/route.ts": { path: "/api/v1/accounts?company={own}", expected: COMPANY_MEMBERS },
  "api/v1/computers/route.ts": { path: "/api/v1/computers?company={own}", expected: COMPANY_MEMBERS },
  "api/v1/alerts/route.ts": { path: "/api/v1/alerts?company={own}", expected: COMPANY_MEMBERS },
  "api/v1/alerts/[alertId]/route.ts": {
    path: "/api/v1/alerts/999999?company={own}",
    expected: COMPANY_MEMBERS,
    whenOpen: 404,
  },
  "api/v1/rules/route.ts": { path: "/api/v1/rules?company={own}", expected: COMPANY_MEMBERS },
  "api/v1/notifications/route.ts": {
    path: "/api/v1/notifications?company={own}",
    expected: COMPANY_MANAGERS,
  },
  "api/v1/deliveries/route.ts": { path: "/api/v1/deliveries?company={own}", expected: COMPANY_MANAGERS },
  "api/exports/place/route.ts": { path: "/api/exports/place?ticket=12345678", expected: EVERYBODY },
  "api/search/route.ts": { path: "/api/search?company={own}&q=a", expected: COMPANY_MEMBERS },
  "api/events/detail/route.ts": {
    path: "/api/events/detail?event={own}-1767225600000-1",
    expected: EVERYBODY,
    whenOpen: 404,
  },
  "api/notifications/unread/route.ts": { path: "/api/notifications/unread", expected: EVERYBODY },
  "api/events/stream/route.ts": { path: "/api/events/stream?company={own}", expected: COMPANY_MEMBERS },
};

/** Open to the signed-out, or with a guard of another kind (API keys, next-auth). */
const PUBLIC = [
  "(auth)/accept-invitation/page.tsx",
  "(auth)/confirm-registration/page.tsx",
  "(auth)/forgot-password/page.tsx",
  "(auth)/login/page.tsx",
  "(auth)/mfa/page.tsx",
  "(auth)/register/page.tsx",
  "(auth)/reset-password/page.tsx",
  "(auth)/unsubscribe/page.tsx",
  "api/[[...unknown]]/route.ts",
  "api/auth/[...nextauth]/route.ts",
  "api/health/route.ts",
  "api/log_event/route.ts",
  "api/log_events/route.ts",
  "api/metrics/route.ts",
  "api/unsubscribe/route.ts",
  "api/v1/openapi.json/route.ts",
];

let portal: PopulatedPortal;
const cookies = new Map<Who, string>();

test.beforeAll(async ({ browser }) => {
  portal = await startPopulatedPortal();
  cookies.set("nobody", "");
  for (const role of ROLES) {
    const context = (await signedIn(browser, portal.server.url, role)).context();
    const jar = await context.cookies();
    cookies.set(role, jar.map(({ name, value }) => `${name}=${value}`).join("; "));
    await context.close();
  }
});
test.afterAll(() => portal?.stop());

test("every page, handler and action has an entry here", () => {
  expect(Object.keys(reportPages()).length).toBeGreaterThan(4);
  expect(appFiles("page.tsx", "route.ts").toSorted()).toEqual(
    [...Object.keys(GUARDED), ...PUBLIC].toSorted(),
  );
  const exported = appFiles("actions.ts").flatMap((file) =>
    [...readFileSync(`app/${file}`, "utf8").matchAll(/export (?:const|async function) (\w+)([^;{]*)/g)].map(
      ([, name, rest]) => [name!, rest!.replaceAll(/\s+/g, " ")] as const,
    ),
  );
  expect([...new Set(exported.map(([name]) => name))].toSorted()).toEqual(Object.keys(ACTIONS).toSorted());
  for (const [name, rest] of exported) {
    const guard = ACTIONS[name]!;
    if (!guard.startsWith("own")) expect(rest.replace(/\( /, "("), name).toContain(guard);
  }
});

const filled = (path: string) => path.replaceAll("{own}", String(portal.own.id)).replaceAll("{member}", "5");

async function statusOf(who: Who, path: string, method = "GET", origin = portal.server.url): Promise<number> {
  const controller = new AbortController();
  const response = await fetch(portal.server.url + filled(path), {
    method,
    headers: { cookie: cookies.get(who)!, ...(method === "POST" && { origin }) },
    redirect: "manual",
    signal: controller.signal,
  });
  controller.abort(); // the live stream would never end
  return response.status;
}

for (const [file, { path, expected, whenOpen = 200, method }] of Object.entries(GUARDED)) {
  test(`${file} opens as the permission contract says`, async () => {
    const got: Partial<Record<Role, number>> = {};
    for (const role of ROLES) got[role] = await statusOf(role, path, method);
    expect(got).toEqual(Object.fromEntries(ROLES.map((role) => [role, expected[role] ?? whenOpen])));
    expect([307, 401]).toContain(await statusOf("nobody", path, method));
  });
}

test("no other site's page or link gets an agent package", async () => {
  const path = "/{own}/agent/download?siteId=1&serverUrl=https://evil.test";
  expect(await statusOf("globaladmin", path)).toBe(405);
  expect(await statusOf("globaladmin", path, "POST", "https://evil.test")).toBe(403);
});

test("no page shows or fills in the host that a request names", async () => {
  for (const path of ["/api-docs", `/${portal.own.id}/agent`, `/${portal.own.id}/events`]) {
    const answer = await fetch(portal.server.url + path, {
      headers: { cookie: cookies.get("globaladmin")!, "x-forwarded-host": "evil.test" },
    });
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).not.toContain("evil.test");
    // Commands have an example until the browser puts in where the page is open.
    expect(text).toContain("https://winauthmon.example.com");
  }
});

/** A page with the session of the role. */
const openAs = (browser: Browser, who: Role) =>
  openWithCookies(browser, portal.server.url, cookies.get(who)!);

test("the tab of a page that a role may not open says so, as the page does", async ({ browser }) => {
  const page = await openAs(browser, "user");
  for (const [file, { path, expected }] of Object.entries(GUARDED)) {
    if (expected.user !== 403 || !file.endsWith("page.tsx")) continue;
    await page.goto(filled(path));
    await page.waitForFunction(isHeadingAlive);
    await expect(page.locator("main"), file).toHaveCount(1);
    await expect(page, file).toHaveTitle(/^Not allowed/);
  }
  await page.context().close();
});

test("who sees several companies has their alerts in one list, and deals with those of one at a time", async ({
  browser,
}) => {
  for (const [company, user] of [
    [portal.own, "guessed.own"],
    [portal.other, "guessed.other"],
  ] as const) {
    const guesses = Array.from({ length: 5 }, (_, number) => ({
      EventType: "LogonFailed",
      UserName: user,
      ComputerName: "PC-GUESSED",
      Timestamp: new Date(Date.now() - number * 1_000).toISOString(),
    }));
    await postEvents(portal.server.url, company.key, guesses);
  }
  const page = await openAs(browser, "globaladmin");
  await page.goto("/all/alerts?subject=guessed");
  const table = page.getByRole("table", { name: "Alerts" });
  await expect(
    table.getByRole("row", { name: /guessed\.own.*Own Company|Own Company.*guessed\.own/ }),
  ).toBeVisible();
  const ofOther = table.getByRole("row", { name: /Other Company/ });
  await expect(ofOther).toContainText("guessed.other");
  await expectFit(page);

  await table.getByRole("checkbox", { name: "Select all on this page" }).click();
  for (const box of await table.getByRole("checkbox").all()) await expect(box).toBeChecked();
  const selected = page.getByRole("region", { name: "Selected alerts" });
  await expect(selected.getByText("Select alerts of one company")).toBeVisible();
  await expect(selected.getByRole("button", { name: "Acknowledge" })).toHaveCount(0);
  await page.getByRole("combobox", { name: "Company" }).selectOption({ label: "Other Company" });
  await expect(table.getByRole("row", { name: /Own Company/ })).toHaveCount(0);
  await selected.getByRole("button", { name: "Acknowledge" }).click();
  await expect(ofOther).toContainText("Acknowledged");
  await table.getByRole("link", { name: "Password guessing" }).click();
  await page.waitForURL(`**/${portal.other.id}/alerts/*`);
  await page.context().close();
});

test("who sees several companies switches between them, stays on the page and sees each company's own events", async ({
  browser,
}) => {
  for (const { id, key } of [portal.own, portal.other]) {
    const Timestamp = new Date().toISOString();
    const event = { EventType: "Logon", UserName: `person of ${id}`, ComputerName: "PC", Timestamp };
    await postEvents(portal.server.url, key, [event]);
  }
  const page = await openAs(browser, "globaladmin");
  await page.goto(`/${portal.own.id}/events`);
  await expect(page.getByText(`person of ${portal.own.id}`).first()).toBeVisible();
  await expect(page.getByText(`person of ${portal.other.id}`)).toHaveCount(0);
  await page.getByRole("button", { name: /^Company/ }).click();
  await page.getByRole("option", { name: "Other Company" }).click();
  await page.waitForURL(`**/${portal.other.id}/events**`);
  await expect(page.getByText(`person of ${portal.other.id}`).first()).toBeVisible();
  await expect(page.getByText(`person of ${portal.own.id}`)).toHaveCount(0);
  await page.getByRole("button", { name: /^Company/ }).click();
  await page.getByRole("option", { name: "All companies" }).click();
  await page.waitForURL("**/all/events**");
  await expect(page.getByText(`person of ${portal.own.id}`).first()).toBeVisible();

  await page.getByRole("combobox", { name: "Company" }).selectOption({ label: "Other Company" });
  await page.waitForURL(`**/all/events?only=${portal.other.id}`);
  await expect(page.getByText(`person of ${portal.other.id}`).first()).toBeVisible();
  await expect(page.getByText(`person of ${portal.own.id}`)).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Filters" }).getByText("Other Company")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByText(`person of ${portal.own.id}`).first()).toBeVisible();

  await page.goto("/all/accounts");
  const accounts = page.getByRole("table", { name: "Accounts" });
  await expect(accounts.getByText(`person of ${portal.own.id}`)).toBeVisible();
  await page.getByRole("combobox", { name: "Company" }).selectOption({ label: "Other Company" });
  await expect(accounts.getByText(`person of ${portal.own.id}`)).toHaveCount(0);
  await expect(accounts.getByText(`person of ${portal.other.id}`)).toBeVisible();
  await page.goto(`/all/time-spent?only=${portal.other.id}`);
  await expect(page.getByRole("combobox", { name: "Company" })).toHaveValue(String(portal.other.id));

  await page.goto("/all/alerts");
  const tabs = page.getByRole("navigation", { name: "Alerts and rules" });
  await tabs.getByRole("link", { name: "Rules" }).click();
  await page.waitForURL("**/all/alerts/rules");
  await page.getByRole("link", { name: "Own Company" }).click();
  await page.waitForURL(`**/${portal.own.id}/alerts/rules`);
  await page.getByRole("button", { name: /^Company/ }).click();
  await page.getByRole("option", { name: "Other Company" }).click();
  await page.waitForURL(`**/${portal.other.id}/alerts/rules`);

  await page.goto("/all/sites?do=add");
  await page.getByRole("link", { name: "Own Company" }).click();
  await expect(page.getByRole("dialog", { name: "Add a site" })).toBeVisible();
  await page.context().close();
});
