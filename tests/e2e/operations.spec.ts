import { readFile } from "node:fs/promises";
import { dismissMessages, expect, expectSound, signedIn, test } from "../support/journey";
import { startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";

let portal: PopulatedPortal;

test.beforeAll(async () => {
  portal = await startPopulatedPortal();
  const days = [400, 300, 200, 1];
  for (const [place, daysAgo] of days.entries()) await postEvent(`person.${place}`, daysAgo);
});
test.afterAll(() => portal?.stop());

async function postEvent(userName: string, daysAgo: number): Promise<void> {
  const answer = await fetch(`${portal.server.url}/api/log_event`, {
    method: "POST",
    headers: { "X-API-Key": portal.own.key },
    body: JSON.stringify({
      EventType: "Logon",
      UserName: userName,
      ComputerName: "PC-01",
      Timestamp: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
    }),
  });
  expect(answer.status).toBe(201);
}

test("a retention tells in numbers what it deletes, asks before it is saved, and the job then deletes just that", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  await page.goto(`/admin/companies/${portal.own.id}`);
  await page.getByLabel("Keep events for (days)").fill("250");
  await page.getByRole("button", { name: "Preview what would be deleted" }).click();
  await expect(page.getByText(/^2 events before \d{4}-\d\d-\d\d$/)).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const asking = page.getByRole("alertdialog");
  await expect(asking.getByText(/^2 events before/)).toBeVisible();
  await asking.getByRole("button", { name: "Cancel" }).click();
  page.once("dialog", (dialog) => dialog.accept()); // "Leave site?"
  await page.reload();
  await expect(page.getByLabel("Keep events for (days)")).toHaveValue("");
  await page.getByLabel("Keep events for (days)").fill("nonsense");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/Enter a whole number/)).toBeVisible();
  await page.getByLabel("Keep events for (days)").fill("250");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await asking.getByRole("button", { name: "Save and delete" }).click();
  await expect(page.getByText("Company saved")).toBeVisible();

  await page.goto("/admin/system");
  await page.getByRole("button", { name: "Run Retention now" }).click();
  // A reload before the server has answered would take the request back.
  await expect(page.getByText("Retention finished")).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/Last result: .*2 events/)).toBeVisible({ timeout: 30_000 });
  await page.goto(`/${portal.own.id}/audit`);
  await expect(page.getByText("Deleted old records").first()).toBeVisible();
});

test("a backup asked for on the System page is made, checked and listed", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  await page.goto("/admin/system");
  await expect(page.getByText("No scheduled backup yet")).toBeVisible();
  await page.getByRole("button", { name: "Run Backup now" }).click();
  // The page follows the run by itself until it has ended.
  await expect(page.getByText("Backup finished")).toBeVisible({ timeout: 90_000 });
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/winauthmon-\d{8}T\d{6}Z\.tar\.gz/).first()).toBeVisible({ timeout: 1000 });
    await expect(page.getByText(/, verified/)).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 90_000 });
  await expectSound(page);
});

test("members read what their company records; its administrator hands over, erases and rewrites the text", async ({
  browser,
}) => {
  const member = await signedIn(browser, portal.server.url, "user");
  await member.goto(`/${portal.own.id}/privacy`);
  await expect(member.getByText("What people do at the computer isn't recorded")).toBeVisible();
  await expect(member.getByRole("button", { name: "Edit text" })).toHaveCount(0);
  await expect(member.getByText("Requests from people")).toHaveCount(0);

  const page = await signedIn(browser, portal.server.url, "companyadmin");
  await page.goto(`/${portal.own.id}/privacy`);
  await expectSound(page);
  const search = page.getByRole("searchbox", { name: "Search accounts" });
  await search.fill("nobody of ");
  await page.waitForURL(/q=nobody\+of$/);
  await search.pressSequentially("this name");
  await page.waitForURL(/q=nobody\+of\+this\+name$/);
  await expect(search).toHaveValue("nobody of this name");
  await expect(page.getByText("No matching accounts")).toBeVisible();
  await page.goBack();
  await expect(search).toHaveValue("nobody of");
  await search.fill("person.3");
  await expect(page.getByText("person.2")).toHaveCount(0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export person.3 as JSON" }).click(),
  ]);
  const held = JSON.parse(await readFile(await download.path(), "utf8")) as { events: unknown[] };
  expect(held.events).toHaveLength(1);
  await expect(page.getByText("Export finished")).toBeVisible();
  await dismissMessages(page);

  await page.getByRole("button", { name: "Erase" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("person");
  await dialog.getByRole("button", { name: "Erase account" }).click();
  await expect(dialog.getByText(/Type “person.3” exactly/)).toBeVisible();
  await dialog.getByRole("textbox").fill("person.3");
  await dialog.getByRole("button", { name: "Erase account" }).click();
  await expect(page.getByText("Account erased")).toBeVisible();
  await page.goto(`/${portal.own.id}/events`);
  await expect(page.getByText(/Erased account \d+/).first()).toBeVisible();
  await expect(page.getByText("person.3")).toHaveCount(0);

  await page.goto(`/${portal.own.id}/privacy`);
  await page.getByRole("button", { name: "Edit text" }).click();
  await page.getByRole("textbox", { name: "Text" }).fill("We record sign-ins.\n\nAsk Ms Smith.");
  await page.getByRole("button", { name: "Save text" }).click();
  await expect(page.getByText("Ask Ms Smith.").first()).toBeVisible();
  await member.reload();
  await expect(member.getByText("Ask Ms Smith.")).toBeVisible();
});
