import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, expectAccessible, giveCredentials, test, wordsOf, type Page } from "../support/journey";
import { complaintsOf } from "../support/complaints";
import { startOwnServer, type OwnServer } from "../support/own-server";

const NEW_PASSWORD = "Quiet-Harbour-47-lamps";

let server: OwnServer;
let folder: string;
/** The one that the first start prints. */
let apiKey: string;

// From an empty folder, as the first start of an installation; other journeys begin with a copy of a migrated one.
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-e2e-"));
  server = await startOwnServer({ DATA_DIR: folder });
});
test.beforeAll(async () => {
  const said = (words: RegExp) => expect.poll(() => server.said()).toMatch(words);
  await said(/First sign-in\s+superadmin, password adminsuper/);
  await said(/First API key\s+[0-9a-f]{64}\s/);
  apiKey = /First API key\s+(\S+)/.exec(server.said())![1]!;
});
test.afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function postEvent(page: Page, userName: string): Promise<void> {
  const answer = await page.request.post("/api/log_event", {
    headers: { "X-API-Key": apiKey },
    data: {
      EventType: "Logon",
      UserName: userName,
      ComputerName: "PC-01",
      Timestamp: new Date().toISOString(),
    },
  });
  expect(answer.status()).toBe(201);
}

test("an event posted by an agent appears on the open dashboard and in the list of the one who signed in", async ({
  browser,
}) => {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage();
  const complaints = complaintsOf(page);
  await page.goto("/1/events");
  await expectAccessible(page);
  await giveCredentials(page, "SuperAdmin", "adminsuper");
  await page.getByLabel("Current password").fill("adminsuper");
  await page.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
  await page.getByLabel("Confirm new password").fill(NEW_PASSWORD);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Change password" }).click();
  // The page that was asked for before the sign-in.
  await page.waitForURL("**/1/events");
  await page.getByRole("link", { name: "Dashboard" }).first().click();
  await page.waitForURL("**/1/dashboard");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByText("Default Company").first()).toBeVisible();
  await postEvent(page, "first.person");
  await expect(page.getByText("first.person").first()).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByRole("link", { name: "Events today" })).toHaveAttribute(
    "href",
    "/1/events?range=today",
  );
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("first.per");
  await expect(page.getByRole("option", { name: /first\.person/ })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText("Nothing found")).toHaveCount(0);
  await page.getByRole("combobox").fill(wordsOf("Add company"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Add a company" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.goto("/1/dashboard");

  await page.getByRole("link", { name: "Events", exact: true }).first().click();
  await page.waitForURL("/1/events");
  await expect(page.getByRole("heading", { name: "Events" })).toBeVisible();
  await expect(page.getByText("first.person").first()).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await postEvent(page, "second.person");
  await expect(page.getByText("second.person").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Search account or computer").fill("SECOND");
  await expect(page.getByText("first.person")).toHaveCount(0);
  await expect(page.locator("tbody [data-column=site]").first()).toHaveText("HO");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Site" }).click();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Account" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Computer" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Site" })).toHaveCount(0);
  await page.goto("/9999/events");
  await expect(page.getByText("There's no page at this address")).toBeVisible();
  await page.goto("/1/dashboard");
  await page.getByRole("button", { name: /superadmin/i }).click();
  await page
    .getByRole("menuitem", { name: "Sign out" })
    .or(page.getByRole("button", { name: "Sign out" }))
    .first()
    .click();
  await page.getByLabel("Username or email").waitFor();
  expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
});
