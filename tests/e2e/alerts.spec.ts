import { expect, expectAccessible, expectFit, signIn, test, type Page } from "../support/journey";
import { complaintsOf } from "../support/complaints";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents } from "../support/posted-events";

let server: OwnServer;

test.beforeAll(async () => {
  server = await startReadyServer();
});
test.afterAll(() => server?.stop());

/** Failed logons of an account for a wrong password, seconds apart, the last one just now. */
function guesses(UserName: string, count: number) {
  return Array.from({ length: count }, (_, number) => ({
    EventType: "LogonFailed",
    UserName,
    ComputerName: "PC-12",
    Timestamp: new Date(Date.now() - (count - number) * 1_000).toISOString(),
    EventId: `${UserName} ${number} ${Date.now()}`,
    SourceIP: "10.0.3.7",
    Status: "0xC000006D",
    SubStatus: "0xC000006A",
  }));
}

const alerts = (page: Page) => page.getByRole("table", { name: "Alerts" });

test("a rule is tuned, an alert appears, is acknowledged and excepted, and there is silence afterwards", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await signIn(page);

  await page.getByRole("link", { name: "Alerts", exact: true }).click();
  await expect(page.getByText("Nothing found yet")).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole("navigation", { name: "Alerts and rules" })
    .getByRole("link", { name: "Rules" })
    .click();
  await expect(page.getByText("There is none.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Change Password guessing" }).click();
  const rule = page.getByRole("dialog", { name: "Change Password guessing" });
  await rule.getByLabel("At least (failed logons)").fill("101");
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(rule.getByText("Enter 2 to 100 failed logons.").first()).toBeVisible();
  await rule.getByLabel("At least (failed logons)").fill("3");
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rule is changed.")).toBeVisible();

  await page.goto("/1/alerts");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await postEvents(server.url, API_KEY, [...guesses("anna", 3), ...guesses("bert", 2)]);
  await expect(alerts(page).getByText(/^3 failed logons for anna from 10\.0\.3\.7 on PC-12/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(alerts(page).getByText("bert")).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("checkbox", { name: /^Choose Password guessing, anna/ }).click();
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("1 alert is changed.")).toBeVisible();
  await expect(alerts(page).getByText("Acknowledged")).toBeVisible();

  await alerts(page).getByRole("link", { name: "Password guessing" }).click();
  await expect(page.getByRole("heading", { name: "Password guessing", level: 1 })).toBeVisible();
  await expect(page.getByRole("list", { name: "Events that count" }).getByRole("listitem")).toHaveCount(3);
  await expectAccessible(page);
  await page.getByLabel("Comment").fill("Called her");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.getByRole("list", { name: "History" }).getByText("Called her")).toBeVisible();
  await page.getByRole("button", { name: "Add exception" }).click();
  const dialog = page.getByRole("dialog", { name: "Add an exception" });
  await dialog.getByRole("button", { name: "Add exception" }).click();
  await expect(dialog.getByText("Say why.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Her old phone");
  await dialog.getByRole("button", { name: "Add exception" }).click();
  await expect(page.getByText("Closed as expected", { exact: true })).toBeVisible();

  await page.goto("/1/alerts");
  await postEvents(server.url, API_KEY, [...guesses("anna", 9), ...guesses("cora", 3)]);
  await expect(alerts(page).getByText(/^3 failed logons for cora/)).toBeVisible({ timeout: 30_000 });
  await expect(alerts(page).getByText(/^3 failed logons for anna/)).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of ["/1/alerts", "/1/alerts/rules"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectFit(page);
  }
  await expect(page.getByRole("list", { name: "Exceptions" }).getByText("Her old phone")).toBeVisible();
  await page.getByRole("button", { name: "Remove the exception for anna" }).click();
  await expect(page.getByText("There is none.")).toBeVisible();
  expect(complaints).toEqual([]);
  await context.close();
});
