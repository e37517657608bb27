import { expect, expectAccessible, signedIn, test } from "../support/journey";
import { TABLES } from "@/lib/services/tables/registry";
import { OWN_LANGUAGES } from "../support/english-journeys";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents } from "../support/posted-events";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const DAY_MS = 86_400_000;
const YESTERDAY = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
const ACCOUNTS = 120;

/** Where the filters are no toolbar that folds, but a form, or are tried elsewhere. */
const OTHER_FILTERS = ["accounts", "inactive", "who-was-on", "roll-call", "alerts", "companies"];
const FOLDED_PAGES = TABLES.flatMap(({ name, screen }) =>
  screen && !OTHER_FILTERS.includes(name) ? [screen.page] : [],
);

let server: OwnServer;

test.beforeAll(async () => {
  server = await startReadyServer();
  const one = (EventType: string, UserName: string, time: string, ComputerName = "PC-1") => ({
    EventType,
    UserName,
    ComputerName,
    Timestamp: `${YESTERDAY}T${time}Z`,
  });
  await postEvents(server.url, API_KEY, [
    one("Logon", "anna", "14:00:00"),
    one("Logoff", "anna", "15:30:00"),
    ...Array.from({ length: ACCOUNTS - 1 }, (_, number) =>
      one("Logon", `person-${String(number).padStart(3, "0")}`, "09:00:00", "PC-2"),
    ),
    one("LogonFailed", "x".repeat(255), "10:00:00", "y".repeat(255)),
    // On two computers at once.
    one("Logon", "x".repeat(255), "14:10:00", "y".repeat(255)),
    one("Logon", "x".repeat(255), "14:12:00", "z".repeat(255)),
    one("Logoff", "x".repeat(255), "14:40:00", "y".repeat(255)),
  ]);
});
test.afterAll(() => server?.stop());

test("on a phone filters fold into one button, and a range can be applied without scrolling", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url, undefined, PHONE);
  await page.goto("/1/accounts?presence=away");
  const filters = page.getByRole("button", { name: "Filters (1)" });
  const presence = page.getByRole("combobox", { name: "Now" });
  await expect(filters).toBeVisible();
  await expect(presence).toBeHidden();
  await expect(page.getByRole("searchbox", { name: "Search accounts" })).toBeVisible();
  await filters.click();
  await expect(presence).toBeVisible();
  await presence.selectOption("");
  await expect(page.getByRole("button", { name: "Filters", exact: true })).toBeVisible();
  await expectAccessible(page);

  for (const path of [...FOLDED_PAGES, "audit"]) {
    await page.goto(`/1/${path}`);
    await expect(page.getByRole("button", { name: /^Filters/ })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }

  for (const [list, name] of [
    ["accounts", "xxx"],
    ["computers", "yyy"],
  ]) {
    await page.goto(`/1/${list}?q=${name}`);
    await page.locator("tbody th a").first().click();
    await expect(page).toHaveURL(new RegExp(`/${list}/\\d+`));
    await expect(page.locator("h1")).toContainText(name!);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }

  await page.goto("/1/events");
  await page.getByRole("button", { name: /^Time range/ }).click();
  const apply = page.getByRole("button", { name: "Apply" });
  await expect(apply).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
  await page.getByLabel("From, date").fill(YESTERDAY);
  await apply.click();
  await expect(page).toHaveURL(/from=/);
});

test("on a phone a day opens where its first event is", async ({ browser }) => {
  const page = await signedIn(browser, server.url, undefined, PHONE);
  await page.goto("/1/time-spent?q=anna&range=7d");
  await page.getByRole("table", { name: "Time spent" }).getByRole("link", { name: "anna" }).click();
  const bar = page.getByRole("list", { name: "PC-1" }).getByRole("listitem").first();
  await expect(bar).toBeInViewport({ ratio: 0.2 });
  await expectAccessible(page);
});

test("a list goes back one page as well as on, by links that tell where they are", async ({ browser }) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/1/accounts");
  const pages = page.getByRole("navigation", { name: "Pages" });
  const first = page.locator("tbody [data-column=userName]").first();
  const seen: string[] = [];
  for (const number of [1, 2, 3]) {
    await expect(pages).toContainText(`Page ${number}`);
    seen.push((await first.textContent())!);
    if (number < 3) await pages.getByRole("link", { name: "Next" }).click();
  }
  await expect(pages.getByRole("link", { name: "Next" })).toHaveCount(0);
  for (const number of [2, 1]) {
    await pages.getByRole("link", { name: "Previous" }).click();
    await expect(pages).toContainText(`Page ${number}`);
    await expect(first).toHaveText(seen[number - 1]!);
  }
  await expect(pages.getByRole("link", { name: "Previous" })).toHaveCount(0);
  await expect(page.getByRole("columnheader", { name: "Account" })).toHaveAttribute("aria-sort", "ascending");
});

test("another page of a list begins at its first row", async ({ browser }) => {
  for (const options of [{}, PHONE]) {
    const page = await signedIn(browser, server.url, undefined, options);
    await page.goto("/1/accounts");
    const first = page.locator("tbody [data-column=userName]").first();
    const text = await first.textContent();
    await page.locator("[data-scroll]").evaluate((frame) => (frame.scrollTop = frame.scrollHeight));
    await page.getByRole("link", { name: "Next" }).click();
    await expect(first).not.toHaveText(text!);
    await expect(first).toBeInViewport();
    await page.context().close();
  }
});

test("on a phone another page begins at its first row, also once Back has led to the same rows", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url, undefined, PHONE);
  await page.goto("/1/events?range=7d");
  const address = page.url();
  await page.getByRole("button", { name: /^Filters/ }).click();
  await page.getByRole("switch", { name: "Live updates" }).click();
  await expect(page).not.toHaveURL(address);
  await page.goBack();
  await expect(page).toHaveURL(address);
  const newest = page.locator("tbody tr[data-row-id]").first();
  const id = await newest.getAttribute("data-row-id");
  await page.getByRole("link", { name: "Older" }).click();
  await expect(newest).not.toHaveAttribute("data-row-id", id!);
  await expect(newest).toBeInViewport();
  await page.context().close();
});

test("dates are written as the browser's language writes them", OWN_LANGUAGES, async ({ browser }) => {
  const [year, month, day] = YESTERDAY.split("-").map(Number) as [number, number, number];
  const name = new Date(Date.UTC(year, month - 1, day)).toLocaleString("en", {
    month: "short",
    timeZone: "UTC",
  });
  const forms = {
    "en-US": `${name} ${day}, ${year}`,
    "en-GB": `${day} ${name} ${year}`,
    "sv-SE": YESTERDAY,
  };
  for (const [locale, date] of Object.entries(forms)) {
    const page = await signedIn(browser, server.url, undefined, { locale });
    const failures: string[] = [];
    page.on("console", (message) => message.type() === "error" && failures.push(message.text()));
    await page.goto(`/1/events?q=anna&range=7d`);
    await expect(page.locator("tbody [data-column=time]").first()).toContainText(date);
    expect(failures).toEqual([]);
    await page.context().close();
  }
});
