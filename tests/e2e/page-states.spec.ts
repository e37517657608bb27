import { readdirSync } from "node:fs";
import { connect, type RawSql } from "@/db/client";
import { expect, signedIn, test, type Browser, type Page } from "../support/journey";
import { findCutLabels } from "../support/cut-labels";
import { findMisplaced } from "../support/misplaced";
import { findEnglish, findOverflow, findSqueezed } from "../support/page-language";
import { startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";
import { postEvents } from "../support/posted-events";

const LONG = "x".repeat(255);
const RIGHT_TO_LEFT = "مكتب-\u202Eחשבון\u202C-٣";
const MINUTE_MS = 60_000;
/** Names that people and programs gave, and what the tests stored. */
const DATA = new RegExp(
  [
    "WinAuthMon|one\\.event|no\\.event|fast\\.clock|PC-|SYSTEM|Erased person|example\\.com|/tmp/|winagentUSM",
    "(Own|Other|Default) Company|another version|Never sent|Something else|No/Zone|^(admin|other|user|gone|Closed)$",
    "^(DEBUG|INFO|WARNING|ERROR|CRITICAL|JSON|CSV)$|^T1\\d{3}|^[A-Z]\\w+/[A-Z][\\w/ -]+$",
  ].join("|"),
);

let portal: PopulatedPortal;
let sql: RawSql;
/** What each segment of an address may stand for: a subject in each state it can have. */
let subjects: Record<string, readonly string[]>;

test.beforeAll(async () => {
  portal = await startPopulatedPortal({ RATE_LIMIT_SIGNED_OUT_PAGES: "100000" });
  sql = connect(portal.databaseUrl, { max: 2 });
  await report();
  await putIntoStates();
  subjects = await findSubjects();
});
test.afterAll(async () => {
  await sql?.end();
  await portal?.stop();
});

const agoMinutes = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

/** Names as attackers and other alphabets choose them, one event alone, a whole day, and a clock that is fast. */
async function report(): Promise<void> {
  const event = (EventType: string, UserName: string, ComputerName: string, minutes: number) => ({
    EventType,
    UserName,
    ComputerName,
    Timestamp: agoMinutes(minutes),
  });
  await postEvents(portal.server.url, portal.own.key, [
    event("Logon", "anna", "PC-FULL", 300),
    event("Lock", "anna", "PC-FULL", 240),
    event("Unlock", "anna", "PC-FULL", 200),
    event("Logoff", "anna", "PC-FULL", 10),
    event("LogonFailed", "anna", "PC-FULL", 5),
    event("Logon", LONG, LONG.toUpperCase(), 120),
    event("Logon", RIGHT_TO_LEFT, RIGHT_TO_LEFT, 120),
    event("Logon", "erased.person", "PC-ERASED", 120),
    event("Logon", "one.event", "PC-ONE-EVENT", 90),
    event("Unlock", "fast.clock", "PC-FAST", -10),
    event("Shutdown", "SYSTEM", "PC-SILENT", 60),
    event("Something else", "other", "PC-SILENT", 61),
  ]);
}

async function putIntoStates(): Promise<void> {
  const company = portal.own.id;
  await sql.unsafe(`
    update computers set last_seen_at = now() - interval '60 days', last_health_at = null
      where company_id = ${company} and name = 'PC-SILENT';
    update computers set clock_skew_ms = 600000, dropped_sessions = 12, spool_length = 5, agent_version = ''
      where company_id = ${company} and name = 'PC-FAST';
    update accounts set erased_at = now(), name = 'Erased person 1', name_key = 'erased person 1'
      where company_id = ${company} and name = 'erased.person';
    insert into computers (company_id, name, name_key, first_seen_at, last_seen_at)
      values (${company}, 'PC-NO-EVENT', 'pc-no-event', now(), now());
    insert into accounts (company_id, name, name_key, first_seen_at, last_seen_at)
      values (${company}, 'no.event', 'no.event', now(), now());
    insert into report_schedules (company_id, view_name, owner_name, kind, weekday, day, hour, minute, range_name,
        format, addresses, due_zone, paused_at, stopped_at, stopped_reason)
      values (${company}, 'Never sent', 'gone', 'daily', 1, 1, 2, 30, 'view', 'summary', '{}', 'UTC', now(), null, null),
        (${company}, '${"v".repeat(100)}', 'gone', 'monthly', 1, 0, 23, 59, 'last-week', 'xlsx',
          '{${"a".repeat(60)}@example.com}', 'UTC', null, now(), 'its view was deleted');
    insert into report_runs (company_id, schedule_id, due_at, reason, state, note, file_name, recipients)
      select company_id, id, now() - n * interval '1 day', 'due', state, note, file_name, '[]'
      from report_schedules, (values (1, 'sent', null, 'a.csv'), (2, 'missed', null, null), (3, 'waiting', null, null),
        (4, 'failed', '${LONG}', '${"f".repeat(120)}.xlsx'), (5, 'stopped', 'gone', null)) run (n, state, note, file_name)
      where view_name <> 'Never sent';
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, state, account_id, address, first_at, since_at,
        last_at, count, threshold, window_minutes, event_ids, account_ids, computer_ids, is_late)
      select ${company}, rule, subject, number, severity, state, account, address, now() - interval '1 hour', now(), now(),
        number, 5, 10, '{1,2,3}', '{1,2}', '{1,2}', number > 100 from (values
          ('password-spray', 'address:${"9".repeat(200)}', 5, 'medium', 'open', null::int, '${"9".repeat(200)}'),
          ('password-guessing', 'account:1', 7, 'medium', 'closed-false', 1, '::1'),
          ('password-guessed', 'account:2', 1000000, 'high', 'acknowledged', 2, null),
          ('unusable-account', 'account:999999', 1, 'medium', 'open', 999999, null),
          ('quiet-site', 'site:1', 2, 'medium', 'open', null, null),
          ('agent-silenced', 'computer:1', 4, 'medium', 'open', null, null),
          ('clock-moved', 'computer:999999', 6, 'low', 'open', null, null),
          ('two-countries', 'account:1', 8, 'high', 'open', 1, null),
          ('rule of another version', 'account:1', 3, 'terrible', 'unheard of', 1, null)
        ) odd (rule, subject, number, severity, state, account, address);
    insert into company_calendars (company_id, site_id, time_zone, hours, grace_minutes)
      values (${company}, null, 'No/Zone', '[{"from":0,"to":0},{"from":1320,"to":360},null,null,null,null,null]', 240);
    insert into calendar_holidays (company_id, name, first_day, last_day, is_yearly)
      values (${company}, '${"h".repeat(100)}', '2026-12-24', '2027-01-02', true), (${company}, 'Leap', '2024-02-29', '2024-02-29', false);
    insert into calendar_exemptions (company_id, account_id, reason, ends_at)
      select ${company}, id, '${"r".repeat(200)}', now() - interval '1 day' from accounts where company_id = ${company};
    insert into account_tags (company_id, account_id, tag, has_tag)
      select ${company}, id, tag, id % 2 = 0 from accounts, (values ('administrator'), ('tag of another version')) odd (tag)
      where company_id = ${company};
    insert into tag_patterns (company_id, tag, pattern, pattern_key)
      values (${company}, 'service-account', '${"p".repeat(255)}', '${"p".repeat(255)}'), (${company}, 'tag of another version', '*x', '*x');
    insert into sites (company_id, name, deleted_at) values (${company}, 'Closed', now());
    insert into sites (company_id, name) values (${company}, '${"y".repeat(100)}');
    update app_auth_api_keys set expires_at = now() - interval '1 day', description = '${"k".repeat(100)}'
      where company_id = ${portal.other.id};
    update app_auth_users set is_active = false where username = 'outsider';
    update app_auth_users set invited_until = now() + interval '7 days' where username = 'companyadmin';
    update app_auth_users set invited_until = now() - interval '1 day' where username = 'user';
    update app_auth_users set must_change_password = true, mfa_required = true where username = 'admin';
    insert into app_auth_companies (name, time_zone) values ('Bare', 'Pacific/Apia');
    insert into app_auth_companies (name, description) values ('${"z".repeat(100)}', '${RIGHT_TO_LEFT}');
    insert into tenants select id from app_auth_companies on conflict do nothing;
  `);
}

async function findSubjects(): Promise<Record<string, readonly string[]>> {
  const company = portal.own.id;
  const idsOf = async (from: string) =>
    (await sql.unsafe<{ id: number }[]>(`select id from ${from}`)).map(({ id }) => String(id));
  const accounts = await idsOf(`accounts where company_id = ${company}`);
  expect(accounts.length).toBeGreaterThan(6);
  const tables = [
    "events",
    "accounts",
    "computers",
    "notifications",
    "deliveries",
    "alerts",
    "rules",
    "time-spent",
    "logons",
  ];
  const today = new Date().toISOString().slice(0, 10);
  return {
    "[company]": [String(company)],
    "[accountId]": accounts,
    "[account]": accounts,
    "[date]": [today, "2001-01-01"],
    "[computerId]": await idsOf(`computers where company_id = ${company}`),
    "[alertId]": await idsOf(`alerts where company_id = ${company}`),
    "[userId]": await idsOf("app_auth_users"),
    "[scheduleId]": await idsOf(`report_schedules where company_id = ${company}`),
    "members/[userId]": await idsOf(
      `(select user_id as id from app_auth_user_companies where company_id = ${company}) member`,
    ),
    "[companyId]": await idsOf("app_auth_companies"),
    "[table]": [...tables, "failures"],
  };
}

/** Every address that a page of app/ has, with each of its subjects. A segment without subjects fails the test. */
function addressesOf(file: string): string[] {
  const segments = file.split("/").filter((part) => part !== "page.tsx" && !part.startsWith("("));
  return segments.reduce<string[]>(
    (heads, segment) => {
      const known = subjects[heads[0]!.endsWith("/members") ? `members/${segment}` : segment];
      const values = segment.startsWith("[") ? known : [segment];
      if (!values) throw new Error(`Say in findSubjects which states ${segment} can have.`);
      return heads.flatMap((head) => values.map((value) => `${head}/${value}`));
    },
    [""],
  );
}

const pages = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /(^|\/)page\.tsx$/.test(file));

/** In the page: a cell's classes that are a paragraph. What every cell repeats has its words in app/list-rows.css. */
function spelledOut(cells: Element[]): string | undefined {
  return cells.map(({ className }) => className).find((classes) => classes.length > 200);
}

/** What is wrong with the page at the address; nothing when it opens as it should. */
async function problemsAt(page: Page, address: string, allowed: readonly number[]): Promise<string[]> {
  const problems: string[] = [];
  const note = (what: string) => problems.push(`${address}: ${what}`);
  const onConsole = (message: { type(): string; text(): string }) => {
    if (message.type() === "error" && !/status of 404/.test(message.text()))
      note(message.text().slice(0, 200));
  };
  const onError = (error: Error) => note(error.message.slice(0, 200));
  page.on("console", onConsole);
  page.on("pageerror", onError);
  const answer = await page.goto(address || "/");
  const status = answer?.status() ?? 0;
  if (!allowed.includes(status)) note(`status ${status}`);
  if ((await page.locator("[data-slot=error-state]").count()) > 0) note("shows an error");
  const wordy = await page.locator("[data-row-id] > *").evaluateAll(spelledOut);
  if (wordy !== undefined) note(`each cell of its rows repeats ${wordy}`);
  page.off("console", onConsole);
  page.off("pageerror", onError);
  return problems;
}

/** A page of who is signed in on the given one, in a browser of another language. */
async function inLanguage(browser: Browser, from: Page, locale: string): Promise<Page> {
  const storageState = await from.context().storageState();
  const context = await browser.newContext({ baseURL: portal.server.url, locale, storageState });
  return context.newPage();
}

/** Pages of signed-out visitors; links that no longer work have pages, too. */
const SIGNED_OUT = [
  "/login",
  "/forgot-password",
  "/register",
  ...["/reset-password", "/accept-invitation", "/confirm-registration", "/unsubscribe"].map(
    (path) => `${path}?token=none`,
  ),
];

/** What is wrong with the page, in its language and at both widths. */
async function languageProblems(page: Page, address: string, locale: string): Promise<string[]> {
  const problems: string[] = [];
  if ((await page.locator("html").getAttribute("lang")) !== locale) problems.push(`${address}: lang`);
  for (const width of [1440, 390]) {
    const overflow = await findOverflow(page, width);
    if (overflow !== null) problems.push(`${address}: overflows at ${width} px: ${overflow}`);
    const cut = await findCutLabels(page, DATA);
    problems.push(...cut.map((label) => `${address}: at ${width} px ${label}`));
    // Paper is wider than a phone.
    const squeezed = address.includes("/print/") ? [] : await findSqueezed(page);
    problems.push(...squeezed.map((text) => `${address}: squeezed at ${width} px: ${text}`));
    const misplaced = await findMisplaced(page);
    problems.push(...misplaced.map((what) => `${address}: at ${width} px ${what}`));
  }
  // The narrowest phone, and the largest zoom of a page. Labels may be cut there.
  const overflow = await findOverflow(page, 320);
  if (overflow !== null) problems.push(`${address}: overflows at 320 px: ${overflow}`);
  // The descriptions of the API are English.
  if (locale !== "en-XA" || address === "/api-docs") return problems;
  const english = await findEnglish(page, DATA);
  return [...problems, ...english.map((text) => `${address}: English “${text.slice(0, 80)}”`)];
}

/** The languages, with whether each page is opened in every state of its subject, or once. */
const LANGUAGES = [
  { locale: "de", opens: "in every state of its subject" },
  { locale: "en-XA", opens: "once" },
] as const;

for (const { locale, opens } of LANGUAGES) {
  test(`every page opens ${opens}, and is in the language and fits, in ${locale}`, async ({ browser }) => {
    // A hundred pages, each looked at in two widths, on a busy machine.
    test.setTimeout(900_000);
    const english = await signedIn(browser, portal.server.url, "globaladmin");
    const page = await inLanguage(browser, english, locale);
    await english.context().close();
    const problems: string[] = [];
    // Who is signed in is led away from the pages of signed-out visitors, which their own journeys open.
    for (const file of pages.filter((name) => !name.startsWith("(auth)/"))) {
      const [first, ...others] = addressesOf(file);
      problems.push(...(await problemsAt(page, first!, [200])));
      problems.push(...(await languageProblems(page, first!, locale)));
      if (opens === "once") continue;
      await page.setViewportSize({ width: 1440, height: 900 });
      for (const address of others) problems.push(...(await problemsAt(page, address, [200])));
    }
    const visitor = await (await browser.newContext({ baseURL: portal.server.url, locale })).newPage();
    for (const address of SIGNED_OUT) {
      problems.push(...(await problemsAt(visitor, address, [200, 404])));
      problems.push(...(await languageProblems(visitor, address, locale)));
    }
    await visitor.context().close();
    expect(problems).toEqual([]);
    await page.context().close();
  });
}

test("every page of another company, of a bare one, and of all companies opens", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  const problems: string[] = [];
  const bare = await sql<{ id: number }[]>`select id from app_auth_companies where name = 'Bare'`;
  subjects = { ...subjects, "[company]": [String(portal.other.id), String(bare[0]!.id), "all"] };
  for (const file of pages.filter((name) => /\[company\]\/(?!.*\[)/.test(name))) {
    // Not every page has a view of all companies; then it says so with 404.
    for (const address of addressesOf(file)) {
      problems.push(...(await problemsAt(page, address, address.startsWith("/all/") ? [200, 404] : [200])));
    }
  }
  expect(problems).toEqual([]);
  await page.context().close();
});
