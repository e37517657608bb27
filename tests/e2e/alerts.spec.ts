import { expect, expectAccessible, expectFit, signedIn, test, type Page } from "../support/journey";
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
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1440, height: 900 } });
  const complaints = complaintsOf(page);
  await page.goto("/");

  await page.getByRole("link", { name: "Alerts", exact: true }).click();
  await expect(page.getByText("No alerts yet")).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole("navigation", { name: "Alerts and rules" })
    .getByRole("link", { name: "Rules" })
    .click();
  await expect(page.getByText("No exceptions")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Edit Password guessing" }).click();
  const rule = page.getByRole("dialog", { name: "Edit Password guessing" });
  await rule.getByLabel("Minimum failed logons").fill("101");
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(rule.getByText("Enter a whole number from 2 to 100.").first()).toBeVisible();
  await rule.getByLabel("Minimum failed logons").fill("3");
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Rule updated")).toBeVisible();

  await page.goto("/1/alerts");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await postEvents(server.url, API_KEY, [...guesses("anna", 3), ...guesses("bert", 2)]);
  await expect(alerts(page).getByText(/^3 failed logons for anna from 10\.0\.3\.7 on PC-12/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(alerts(page).getByText("bert")).toHaveCount(0);
  await expectAccessible(page);
  await page.goto("/1/dashboard");
  const attention = page.getByRole("list", { name: "Needs attention" });
  await attention.getByRole("link", { name: "1 open alert", exact: true }).click();
  await page.waitForURL("**/1/alerts?state=open");
  await page.getByRole("checkbox", { name: /^Select Password guessing, anna/ }).click();
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("1 alert updated")).toBeVisible();
  await page.goto("/1/alerts");
  await expect(alerts(page).getByText("Acknowledged")).toBeVisible();

  await alerts(page).getByRole("link", { name: "Password guessing" }).click();
  await expect(page.getByRole("heading", { name: "Password guessing", level: 1 })).toBeVisible();
  await expect(page.getByRole("list", { name: "Evidence" }).getByRole("listitem")).toHaveCount(3);
  await expect(page.getByRole("link", { name: "PC-12", exact: true })).toHaveAttribute("href", /computers/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Assign to me" }).click();
  await expect(page.getByText("Alert assigned to you")).toBeVisible();
  await expect(
    page.getByRole("list", { name: "History" }).getByText("superadmin assigned the alert to superadmin"),
  ).toBeVisible();
  const patched = await page.evaluate(async () => {
    const address = `/api/v1/alerts/${location.pathname.split("/").at(-1)}?company=1`;
    const answer = await fetch(address, {
      method: "PATCH",
      body: JSON.stringify({ comment: "By the page" }),
    });
    return answer.status;
  });
  expect(patched).toBe(200);
  await page.getByLabel("Comment").fill("Called her");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.getByRole("list", { name: "History" }).getByText("Called her")).toBeVisible();
  await expect(page.getByRole("list", { name: "History" }).getByText("By the page")).toBeVisible();
  await page.getByRole("button", { name: "Add exception" }).click();
  const dialog = page.getByRole("dialog", { name: "Add exception" });
  await dialog.getByRole("button", { name: "Add exception" }).click();
  await expect(dialog.getByText("Enter a reason.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Her old phone");
  await dialog.getByRole("button", { name: "Add exception" }).click();
  await expect(page.getByText("Closed as expected", { exact: true })).toBeVisible();

  await page.goto("/1/alerts");
  await postEvents(server.url, API_KEY, [...guesses("anna", 9), ...guesses("cora", 3)]);
  await expect(alerts(page).getByText(/^3 failed logons for cora/)).toBeVisible({ timeout: 30_000 });
  await expect(alerts(page).getByText(/^3 failed logons for anna/)).toBeVisible();

  await page.goto("/1/accounts?q=cora");
  await page.getByRole("link", { name: "cora", exact: true }).click();
  await page.getByRole("link", { name: "All alerts" }).click();
  await expect(page.getByRole("list", { name: "Filters" }).getByText("cora")).toBeVisible();
  await expect(alerts(page).getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(alerts(page).getByText(/^3 failed logons for anna/)).toBeVisible();

  await page.getByLabel("Assigned to").selectOption({ label: "Assigned to me" });
  await expect(alerts(page).getByRole("row")).toHaveCount(2);

  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of ["/1/alerts", "/1/alerts/rules"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectFit(page);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/1/alerts");
  await page.getByRole("checkbox", { name: /^Select Password guessing, cora/ }).click();
  const bar = page.getByRole("region", { name: "Selected alerts" });
  expect(await bar.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await bar.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Close as false" }).click();
  await expect(page.getByText("1 alert updated")).toBeVisible();
  await expect(alerts(page).getByText("Closed as false")).toBeVisible();
  await expect(bar).toHaveCount(0);
  await page.goto("/1/alerts/rules");
  await expect(page.getByRole("list", { name: "Exceptions" }).getByText("Her old phone")).toBeVisible();
  await page.getByRole("button", { name: "Remove the exception for anna" }).click();
  const removal = page.getByRole("dialog", { name: "Remove the exception for anna" });
  await expect(removal.getByText("new events can cause alerts again")).toBeVisible();
  await removal.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("No exceptions")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // The button is gone, and Tab goes on from where it was.
  await expect(page.locator("[data-slot=card]:focus")).toContainText("No exceptions");
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a rule is tried on the past with values that are not saved, and all rules at once", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1440, height: 900 } });
  const complaints = complaintsOf(page);
  await postEvents(server.url, API_KEY, [...guesses("dora", 4), ...guesses("emil", 2)]);
  await page.goto("/1/alerts/rules");
  const card = page.locator("#lockouts-in-a-row");
  await expect(card).toBeVisible();
  await expect(card.getByText("Last backtest")).toHaveCount(0);
  await page.getByRole("button", { name: "Edit Password guessing" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit Password guessing" });
  const panel = dialog.getByRole("region", { name: "Backtest" });
  await dialog.getByLabel("Minimum failed logons").fill("1000");
  await panel.getByRole("button", { name: "30 days" }).click();
  await expect(panel.getByText("Enter a whole number from 2 to 100.")).toBeVisible();
  await dialog.getByLabel("Minimum failed logons").fill("4");
  await panel.getByRole("button", { name: "90 days" }).click();
  await expect(panel.getByText(/^\d+ alerts? in 90 days/)).toBeVisible();
  await expect(
    panel.getByRole("list", { name: "Most alerts" }).getByText(/^4 failed logons for dora/),
  ).toBeVisible();
  await expect(panel.getByRole("list", { name: "Most alerts" }).getByText(/for emil/)).toHaveCount(0);
  await expectAccessible(page);
  const [events] = await Promise.all([
    page.context().waitForEvent("page"),
    panel.getByRole("link", { name: /^4 events for dora/ }).click(),
  ]);
  await expect(events.getByText("dora").first()).toBeVisible();
  await events.close();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Rule updated")).toBeVisible();
  await expect(page.locator("#password-guessing").getByText(/^\d+ alerts? in 90 days, run/)).toBeVisible();

  await page.getByRole("button", { name: "Backtest all rules (30 days)" }).click();
  await expect(card.getByText(/^0 alerts in 30 days, run/)).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await expectFit(page);
  // The browser itself tells of the value that was out of bounds.
  expect(complaints.filter((words) => !words.includes("400 (Bad Request)"))).toEqual([]);
  await page.context().close();
});

test("rules go out as a file, and what one that is read would change is shown first", async ({ browser }) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1440, height: 900 } });
  const complaints = complaintsOf(page);
  await page.goto("/1/alerts/rules");
  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "YAML (can be imported)" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("rules.yml");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import rules" });
  await dialog.getByLabel("YAML").fill("rules:\n  password-spray:\n    threshold: 1\n");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(
    dialog.getByText("Line 3, rules.password-spray.threshold: Enter a whole number from 2 to 100."),
  ).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("YAML").fill("rules:\n  password-spray:\n    threshold: 12\n");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(
    dialog.getByRole("list", { name: "Changes" }).getByText("Minimum accounts: 5 → 12"),
  ).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("1 rule changed")).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator("#password-spray").getByText("12", { exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
  await page.context().close();
});

/** A logon a day of each person on a computer of their own, for three weeks and up to yesterday. */
function threeWeeks(people: Readonly<Record<string, string>>) {
  return Object.entries(people).flatMap(([UserName, ComputerName]) =>
    Array.from({ length: 21 }, (_, number) => ({
      EventType: "Logon",
      UserName,
      ComputerName,
      Timestamp: new Date(Date.now() - (21 - number) * 86_400_000).toISOString(),
      EventId: `${UserName} ${number} ${Date.now()}`,
    })),
  );
}

function logon(UserName: string, ComputerName: string) {
  const Timestamp = new Date().toISOString();
  return {
    EventType: "Logon",
    UserName,
    ComputerName,
    Timestamp,
    EventId: `${UserName} ${ComputerName} ${Timestamp}`,
  };
}

test("rules learn habits, tell what breaks them, and are quiet once these are switched off", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1440, height: 900 } });
  const complaints = complaintsOf(page);
  await postEvents(server.url, API_KEY, threeWeeks({ "hal.hood": "PC-31", "ida.ivy": "PC-32" }));
  await page.goto("/1/alerts");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await postEvents(server.url, API_KEY, [logon("hal.hood", "PC-32")]);
  await expect(
    alerts(page).getByText(
      /^hal\.hood logged on to PC-32 for the first time at .* The main user there is ida\.ivy/,
    ),
  ).toBeVisible({ timeout: 30_000 });
  await expect(alerts(page).getByRole("link", { name: "First time on this computer" })).toBeVisible();
  await shoot(page, "alerts");
  await alerts(page).getByRole("link", { name: "New account on a personal computer" }).click();
  await expect(page.getByRole("list", { name: "Evidence" }).getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page);
  await shoot(page, "alert");

  await page.goto("/1/alerts/rules");
  await shoot(page, "rules");
  await page.getByRole("button", { name: "Edit learned habits" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit learned habits" });
  await dialog.getByRole("switch", { name: "Learn habits" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Learned habits updated")).toBeVisible();
  await expect(page.getByText("Needs learned habits")).toHaveCount(4);
  await expectAccessible(page);
  await shoot(page, "rules-off");
  await page.goto("/1/privacy");
  await expect(page.getByText(/The company has turned this off/)).toBeVisible();
  await expectAccessible(page);
  await shoot(page, "privacy");
  await page.goto("/1/alerts");
  await postEvents(server.url, API_KEY, [logon("ida.ivy", "PC-31"), ...guesses("jon.jay", 5)]);
  await expect(alerts(page).getByText(/^5 failed logons for jon\.jay/)).toBeVisible({ timeout: 30_000 });
  await expect(alerts(page).getByText(/^ida\.ivy/)).toHaveCount(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

const SHOTS = process.env.SHOTS;

/** Pictures of the screens for review, in both themes and widths, where a folder for them is given. */
async function shoot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${SHOTS}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
}
