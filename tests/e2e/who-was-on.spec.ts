import {
  expect,
  expectAccessible,
  expectFit,
  giveCredentials,
  test,
  wordsOf,
  type Page,
} from "../support/journey";
import { complaintsOf } from "../support/complaints";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents, type PostedEvent } from "../support/posted-events";
import { cellOf, downloadCsv } from "../support/report-journey";

const DAY_MS = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const DATE = new Date(TODAY - 2 * DAY_MS).toISOString().slice(0, 10);

let server: OwnServer;

/** Two days ago, UTC, which is the portal's zone here. */
function event(type: string, user: string, computer: string, time: string): PostedEvent {
  return { EventType: type, UserName: user, ComputerName: computer, Timestamp: `${DATE}T${time}Z` };
}

const EVENTS = [
  event("Logon", "anna", "PC-1", "08:00:00"),
  event("Lock", "anna", "PC-1", "10:00:00"),
  event("Unlock", "anna", "PC-1", "10:30:00"),
  event("Logon", "Bert", "PC-1", "11:30:00"),
  event("Logon", "anna", "RDS", "11:00:00"),
  event("Shutdown", "SYSTEM", "RDS", "13:30:15"),
  event("Logoff", "anna", "PC-1", "12:00:00"),
  event("Startup", "SYSTEM", "PC-1", "14:00:00"),
  ...Array.from({ length: 120 }, (_, n) => `person.${String(n).padStart(3, "0")}`).flatMap((user) => [
    event("Logon", user, "PC-2", "09:00:00"),
    event("Logon", user, "PC-3", "09:10:00"),
    event("Logoff", user, "PC-2", "09:20:00"),
    event("Logoff", user, "PC-3", "09:30:00"),
  ]),
];

test.beforeAll(async () => {
  server = await startReadyServer();
  await postEvents(server.url, API_KEY, EVENTS);
});
test.afterAll(() => server?.stop());

async function choose(page: Page, words: string, name: string): Promise<void> {
  await page.getByRole("button", { name: /computer or account/i }).click();
  await page.getByRole("combobox", { name: "Computers and accounts" }).fill(words);
  await page.getByRole("option", { name }).click();
  await expect(page.getByRole("button", { name: `Computer or account: ${name}` })).toBeVisible();
}

async function show(page: Page, time: string): Promise<void> {
  await page.getByLabel("Date and time").fill(`${DATE}T${time}`);
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get("at") === `${DATE}T${time}Z`);
}

function card(page: Page, name: string) {
  return page
    .locator("[data-slot=card]")
    .filter({ has: page.getByRole("region", { name: `Proof for ${name}` }) });
}

test("who was on a computer is found with its proof, and where an account was, at once or on several computers", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto("/1/dashboard");
  await giveCredentials(page);
  // Leaving a page that is still being written makes React complain.
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Who was on", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "Who was on", level: 1 })).toBeVisible();
  await expect(page.getByText("Pick a computer or an account and a time")).toBeVisible();
  await expectAccessible(page);

  await test.step("a computer is chosen by part of its name, and a moment to the minute", async () => {
    await page.getByRole("button", { name: "Choose a computer or account" }).click();
    await expect(page.getByText("Type at least two characters")).toBeVisible();
    await page.keyboard.press("Escape");
    await choose(page, "pc-", "PC-1");
    await show(page, "11:45");
    await expect(page.getByRole("heading", { name: /PC-1, .*11:45: 2 accounts/ })).toBeVisible();
    const anna = card(page, "anna on PC-1");
    await expect(anna).toContainText("Active");
    await expect(anna).toContainText(`${DATE} 10:30:00`);
    await expect(anna).toContainText(`${DATE} 12:00:00`);
    const bert = card(page, "Bert on PC-1");
    await expect(bert).toContainText("Uncertain");
    await expect(bert).toContainText("started again without a recorded shutdown");
    await expectAccessible(page);
    await expectFit(page);
  });

  await test.step("the file says what the page says", async () => {
    const { rows } = await downloadCsv(page);
    const headers = ["Account", "State", "Started with", "Ended with"];
    expect(rows.map((row) => headers.map((header) => cellOf(row, header)))).toEqual([
      ["anna", ...["Active", "Unlock", "Logoff"].map(wordsOf)],
      ["Bert", ...["Uncertain", "Logon", "Startup"].map(wordsOf)],
    ]);
  });

  await test.step("the proof leads to the event, and the card to the day's timeline", async () => {
    await card(page, "anna on PC-1")
      .getByRole("link", { name: /Unlock/ })
      .click();
    await expect(page).toHaveURL(/\/1\/events\?/);
    const list = page.getByRole("table", { name: "Events" });
    await expect(list.locator("tbody tr[data-row-id]")).toHaveCount(1);
    await expect(list.locator("tbody")).toContainText("Unlock");
    await page.goBack();
    await card(page, "anna on PC-1").getByRole("link", { name: "Timeline of the day" }).click();
    await expect(page.getByRole("heading", { name: /^anna, / })).toBeVisible();
    await page.goBack();
  });

  await test.step("steps in time keep the question, and an empty moment names what lies nearest", async () => {
    await show(page, "10:10");
    await expect(card(page, "anna on PC-1")).toContainText("Locked");
    await page.getByRole("link", { name: "15 min later" }).click();
    await page.waitForURL((url) => url.searchParams.get("at") === `${DATE}T10:25Z`);
    await show(page, "14:30");
    await expect(page.getByText(/No one was on PC-1, .*14:30/)).toBeVisible();
    await expect(page.getByText("Last event before")).toBeVisible();
    await expect(page.getByRole("link", { name: /Startup/ })).toBeVisible();
    await expectAccessible(page);
    await page.goto("/1/who-was-on?computer=1&at=2100-01-01T00:00Z");
    await expect(page.getByText("This time is in the future")).toBeVisible();
    await page.goto("/1/who-was-on?computer=1&at=noon");
    await expect(page.getByText("wasn't understood and was left out: at")).toBeVisible();
  });

  await test.step("an account's page leads to where it was, on two computers at once", async () => {
    await page.goto("/1/accounts?q=anna");
    await page.getByRole("link", { name: "anna", exact: true }).click();
    await page.getByRole("link", { name: "Where it was" }).click();
    await show(page, "11:45");
    await expect(page.getByRole("heading", { name: /anna, .*: 2 computers/ })).toBeVisible();
    await expect(card(page, "anna on RDS")).toContainText("Shutdown");
  });

  await test.step("a roll call names everybody on, by site with counts, on a desk and on a phone", async () => {
    await page.getByRole("link", { name: "Roll call" }).click();
    await expect(page.getByRole("heading", { name: /^Everyone on, .*11:45/ })).toBeVisible();
    const list = page.getByRole("table", { name: "Roll call" });
    await expect(list.locator("tbody [data-column=userName]")).toHaveText(["anna", "anna"]);
    await page.getByRole("link", { name: "Remove filter Account: anna" }).click();
    await expect(list.locator("tbody [data-column=userName]")).toHaveText(["anna", "anna", "Bert"]);
    await expect(list.locator("tbody [data-column=state]")).toHaveText(["Active", "Active", "Uncertain"]);
    const counts = page.getByRole("region", { name: "Counts" });
    await expect(counts.getByRole("listitem").first()).toContainText("2 accounts");
    await expect(counts.getByRole("listitem").first()).toContainText("3 sessions: 2 active and 1 uncertain");
    await expectAccessible(page);
    await expectFit(page);
    await page.getByLabel("State", { exact: true }).selectOption("uncertain");
    await expect(list.locator("tbody [data-column=userName]")).toHaveText(["Bert"]);
    const { rows } = await downloadCsv(page);
    expect(rows.map((row) => [cellOf(row, "Site"), cellOf(row, "Account")])).toEqual([
      ["HO", "Bert"],
      ["Total of HO", "1 account"].map(wordsOf),
      ["Total", "1 account"].map(wordsOf),
    ]);
    await page.goto(`/1/who-was-on/roll-call?at=${DATE}T09:15Z`);
    await expect(page.getByText("241 sessions", { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Next", exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get("page") === "2");
    await page.goto("/1/who-was-on/roll-call?at=2100-01-01T00:00Z");
    await expect(page.getByText("This time is in the future")).toBeVisible();
    await page.goto(`/1/who-was-on/roll-call?at=${DATE}T03:00Z`);
    await expect(page.getByText("No one was on", { exact: true })).toBeVisible();
    await page.goto(`/1/who-was-on/roll-call?at=${DATE}T11:45Z`);
  });

  await test.step("its print view has a box to tick for each, the counts, and when it was made", async () => {
    const [paper] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("link", { name: "Print list" }).click(),
    ]);
    await expect(paper.getByRole("heading", { name: "Roll call", level: 1 })).toBeVisible();
    await expect(paper.getByRole("columnheader", { name: "Here" })).toBeVisible();
    await expect(paper.getByText("Not ticked")).toHaveCount(3);
    await expect(paper.getByRole("row", { name: /Total of HO 2 accounts 3 sessions/ })).toBeVisible();
    await expect(paper.getByText("Created", { exact: true })).toBeVisible();
    await expect(paper.getByText("UTC", { exact: true })).toBeVisible();
    await expectAccessible(paper);
    await paper.close();
  });

  await test.step("concurrent sessions are listed, sorted, narrowed and taken away as a file", async () => {
    await page.getByRole("link", { name: "Concurrent sessions" }).click();
    await expect(page.getByText("121 sessions", { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Next", exact: true }).click();
    const list = page.getByRole("table", { name: "Concurrent sessions" });
    await expect(list.locator("tbody [data-column=userName]")).toHaveCount(21);
    await page.getByLabel("Search account or computer").fill("RDS");
    await expect(page.getByText("1 session", { exact: true })).toBeVisible();
    await expect(list.locator("tbody [data-column=userName]")).toHaveText(["anna"]);
    await expect(list.locator("tbody [data-column=seconds]")).toHaveText(["1 h 0 min"]);
    const { rows } = await downloadCsv(page);
    expect(rows.map((row) => [cellOf(row, "Account"), cellOf(row, "From")])).toEqual([
      ["anna", `${DATE}T11:00:00+00:00`],
    ]);
    await page.getByLabel("Time that counts").selectOption("any");
    await expect(page.getByText("1 session", { exact: true })).toBeVisible();
    await expectFit(page);
    await page.goto("/1/who-was-on/concurrent?range=today&count=some");
    await expect(page.getByText("wasn't understood and was left out: count")).toBeVisible();
    await expect(page.getByRole("button", { name: "Last 30 days" })).toBeVisible();
  });

  await test.step("in the light it reads as well, and another company's computer is not there", async () => {
    await page.evaluate(() => localStorage.setItem("winauthmon:theme", "light"));
    await page.goto(`/1/who-was-on?computer=1&at=${DATE}T11:45Z`);
    await expect(page.getByRole("heading", { name: /11:45/ })).toBeVisible();
    await expectAccessible(page);
    await page.goto("/1/who-was-on?computer=999999");
    await expect(page.getByText("There's no page at this address")).toBeVisible();
  });
  expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
  await context.close();
});
