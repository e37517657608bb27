import { expect, expectAccessible, expectFit, signedIn, test, type Page } from "../support/journey";
import { complaintsOf } from "../support/complaints";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents } from "../support/posted-events";

let server: OwnServer;

test.beforeAll(async () => {
  server = await startReadyServer();
});
test.afterAll(() => server?.stop());

async function save(page: Page, name: string, isShared: boolean): Promise<void> {
  await page.getByRole("button", { name: "Save view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await dialog.getByLabel("Name").fill(name);
  if (isShared) await dialog.getByRole("switch", { name: "Share with the company" }).click();
  await dialog.getByRole("button", { name: "Save view" }).click();
}

test("a table is saved with its filters, order and columns, opened again, shared, renamed and deleted", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1440, height: 900 } });
  const complaints = complaintsOf(page);
  const now = new Date().toISOString();
  await postEvents(server.url, API_KEY, [
    { EventType: "Logon", UserName: "anna", ComputerName: "PC-1", Timestamp: now },
    { EventType: "Logoff", UserName: "bert", ComputerName: "PC-2", Timestamp: now },
  ]);

  await page.goto("/1/views");
  await expect(page.getByText("No saved views yet")).toBeVisible();
  await expectAccessible(page);

  await page.goto("/1/events?q=anna&sort=time");
  const table = page.getByRole("table", { name: "Events" });
  await expect(table.getByRole("columnheader", { name: "Computer" })).toBeVisible();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Computer" }).click();
  await page.keyboard.press("Escape");
  await expect(table.getByRole("columnheader", { name: "Computer" })).toHaveCount(0);
  await save(page, "Anna's events", false);
  await expect(page.getByText("View saved")).toBeVisible();
  await save(page, "ANNA'S EVENTS", false);
  await expect(page.getByRole("dialog").getByText("This name is already in use.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();

  // What is chosen by hand afterwards is no part of the view.
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Computer" }).click();
  await page.keyboard.press("Escape");
  await expect(table.getByRole("columnheader", { name: "Computer" })).toBeVisible();

  await page.getByRole("link", { name: "Saved views" }).click();
  await expect(page.getByRole("heading", { name: "Saved views", level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Anna's events" }).click();
  await page.waitForURL(/\/1\/events\?q=anna&sort=time&columns=/);
  await expect(
    table
      .getByRole("cell", { name: "anna" })
      .or(table.getByRole("rowheader", { name: "anna" }))
      .first(),
  ).toBeVisible();
  await expect(table.getByText("bert")).toHaveCount(0);
  await expect(table.getByRole("columnheader", { name: "Computer" })).toHaveCount(0);
  await page.reload();
  await expect(table.getByRole("columnheader", { name: "Computer" })).toHaveCount(0);

  // The columns stay with the address when the list is sorted anew, until others are chosen.
  await table.getByRole("columnheader", { name: "Time" }).getByRole("link").click();
  await expect(page).toHaveURL(/columns=/);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Computer" }).click();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/columns=/);
  await expect(table.getByRole("columnheader", { name: "Computer" })).toBeVisible();

  await page.goto("/1/failures?range=last-month&group_by=computer");
  await save(page, "Failures by computer", true);
  await expect(page.getByText("View saved")).toBeVisible();
  await page.goto("/1/views");
  const shared = page.getByRole("list", { name: "Shared views" });
  await expect(shared.getByText("Failed logons · Last month")).toBeVisible();
  await page.getByRole("button", { name: "Actions for Failures by computer" }).click();
  await page.getByRole("menuitem", { name: "Rename or share" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Failures of last month");
  await page.getByRole("dialog").getByRole("switch").click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const own = page.getByRole("list", { name: "Your views" });
  await expect(own.getByRole("link", { name: "Failures of last month" })).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await expectFit(page);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page);
  const otherTab = await page.context().newPage();
  await otherTab.goto("/1/views");
  await otherTab.getByRole("button", { name: "Actions for Failures of last month" }).click();
  await otherTab.getByRole("menuitem", { name: "Rename or share" }).click();
  await otherTab.getByRole("dialog").getByLabel("Name").fill("Failures of November");

  await page.getByRole("button", { name: "Actions for Failures of last month" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete view" }).click();
  await expect(own.getByRole("link", { name: "Failures of last month" })).toHaveCount(0);

  await otherTab.getByRole("button", { name: "Save", exact: true }).click();
  // Where the answer brings the page anew, the view and its dialog are gone, and the list is there again.
  const gone = otherTab.getByText("This no longer exists. Reload the page.");
  await expect(gone.or(otherTab.getByRole("list", { name: "Your views" }))).toBeVisible();
  await expect(otherTab.getByText("There's no page at this address")).toHaveCount(0);
  await otherTab.close();

  await page.goto("/1/failures");
  await expect(page.getByRole("button", { name: "Save view" })).toBeVisible();
  await expectFit(page);
  await page.goto("/all/failures");
  await expect(page.getByRole("button", { name: "Save view" })).toHaveCount(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});
