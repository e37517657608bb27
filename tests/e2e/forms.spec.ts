import { complaintsOf } from "../support/complaints";
import { expect, expectAccessible, expectFit, giveCredentials, signedIn, test } from "../support/journey";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents } from "../support/posted-events";

let server: OwnServer;

test.beforeAll(async () => {
  server = await startReadyServer();
});
test.afterAll(() => server?.stop());

test("an empty portal says what comes next and sees the first computer arrive", async ({ browser }) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1280, height: 900 } });
  const complaints = complaintsOf(page);
  await page.goto("/");

  await test.step("the dashboard shows the steps with their progress", async () => {
    await expect(page.getByText("1 of 3 done")).toBeVisible();
    await expect(page.getByText("Waiting for the first computer.")).toBeVisible();
    await expectAccessible(page);
    await expectFit(page);
  });

  await test.step("the commands of the first event stand there for PowerShell and for curl", async () => {
    await page.goto("/1/events");
    const address = `${server.url}/api/log_event`;
    const command = (shell: string) => page.getByRole("region", { name: `${shell} command` });
    await expect(command("PowerShell")).toContainText(`Invoke-RestMethod -Method Post -Uri "${address}"`);
    await expect(command("curl")).toContainText(`curl -X POST ${address}`);
    await expectFit(page);
    await page.getByRole("link", { name: "Install the agent" }).click();
  });

  await test.step("the agent's page waits, and says which computer arrived", async () => {
    await expect(page.getByRole("heading", { name: "Waiting for the first computer" })).toBeVisible();
    await page.getByLabel("Server address").fill("nowhere");
    await page.getByRole("button", { name: "Download package" }).click();
    await expect(page.getByLabel("Server address")).toBeFocused();
    await page.getByLabel("Server address").fill("https://portal.example.com");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download package" }).click();
    await download;
    const steps = await page.context().newPage();
    await steps.goto("/1/dashboard");
    await expect(steps.getByText("2 of 3 done")).toBeVisible();
    await steps.close();
    const now = new Date().toISOString();
    await postEvents(server.url, API_KEY, [
      { EventType: "Logon", UserName: "anna", ComputerName: "FIRST-PC", Timestamp: now },
    ]);
    const list = page.getByRole("list", { name: "Newest computers" });
    await expect(list.getByRole("link", { name: "FIRST-PC" })).toBeVisible();
    await expect(page.getByLabel("Server address")).toHaveValue("https://portal.example.com");
    await expectAccessible(page);
    await page.goto("/1/dashboard");
    await expect(page.getByText("3 of 3 done")).toBeVisible();
    await expect(page.getByRole("list", { name: "Newest computers" })).toContainText("FIRST-PC");
  });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a long form keeps Save in view, says what is wrong beside it, and is not left by mistake", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 390, height: 844 } });
  const complaints = complaintsOf(page);
  await page.goto("/admin/settings");
  const save = page.getByRole("button", { name: "Save settings" });
  const bar = page.locator("[data-slot=save-bar]");
  const idle = page.getByLabel("Idle timeout (minutes)");

  await test.step("Save stands on a phone's screen from the first field on", async () => {
    await expect(save).toBeInViewport({ ratio: 1 });
    await page.getByLabel("Minimum length").fill("3");
    await expect(bar).toContainText("Not saved yet");
  });

  await test.step("what is wrong stands beside it too, and the first of it has the focus", async () => {
    await idle.fill("soon");
    await page.getByRole("textbox", { name: "Special characters" }).fill("!?#");
    await save.click();
    await expect(page.getByLabel("Minimum length")).toBeFocused();
    await expect(page.getByLabel("Minimum length")).toBeInViewport();
    await expect(page.getByRole("textbox", { name: "Special characters" })).toHaveValue("!?#");
    await bar.getByRole("button", { name: "Idle timeout (minutes)" }).click();
    await expect(idle).toBeFocused();
    await expect(idle).toHaveValue("soon");
    await expectFit(page);
  });

  await test.step("a link and a reload ask first, and staying loses nothing", async () => {
    await page.getByRole("link", { name: "Notifications" }).first().click();
    const dialog = page.getByRole("alertdialog", { name: "Leave without saving?" });
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Stay" }).click();
    await expect(idle).toHaveValue("soon");
    const asked = page.waitForEvent("dialog");
    await page.evaluate(() => void setTimeout(() => window.location.reload()));
    await (await asked).dismiss();
    await expect(idle).toHaveValue("soon");
    await page.getByRole("link", { name: "Notifications" }).first().click();
    await dialog.getByRole("button", { name: "Leave" }).click();
    await expect(page).toHaveURL(/notifications/);
  });

  await test.step("a form that is saved is left without a question", async () => {
    await page.goto("/admin/settings");
    await idle.fill("90");
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route("**/admin/settings", (route) => held.then(() => route.continue()));
    await save.click();
    // What is typed while it is being saved isn't saved.
    await idle.fill("91");
    letGo();
    await expect(page.getByText("Settings saved")).toBeVisible();
    await expect(bar).toContainText("Not saved yet");
    await page.unrouteAll();
    await save.click();
    await expect(bar).not.toContainText("Not saved yet");
    await page.getByRole("link", { name: "Notifications" }).first().click();
    await expect(page).toHaveURL(/notifications/);
  });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the focus returns to what opened a dialog, a menu's button included", async ({ browser }) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/1/sites");
  for (const [opener, item] of [
    [page.getByRole("button", { name: "Add key" }), null],
    [page.getByRole("button", { name: /^Actions for key/ }), "Edit"],
    [page.getByRole("button", { name: /^Actions for key/ }), "Delete"],
  ] as const) {
    await opener.click();
    if (item) await page.getByRole("menuitem", { name: item }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(opener).toBeFocused();
  }
  await page.context().close();
});

test("a key is copied within its dialog, also on plain HTTP, and not lost by a slip", async ({ browser }) => {
  const page = await signedIn(browser, server.url);
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined }),
  );
  await page.goto("/1/sites");
  await page.getByRole("button", { name: "Add key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add key" }).click();
  const copy = dialog.getByRole("button", { name: "Copy API key" });
  await copy.click();
  await expect(copy).toBeFocused();
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  const key = await dialog.locator("code").innerText();
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await expect(dialog).toHaveCount(0);
  const field = page.getByRole("textbox", { name: "Which key is this?" });
  await field.focus();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(field).toHaveValue(key);
  await field.fill("zzzz");
  await page.getByRole("button", { name: "Find key" }).click();
  await expect(page.getByText("Paste the 64 characters of a key, or its last 4.")).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await page.context().close();
});

test("a form of a tab that was signed out in another leads to the sign-in page and back", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/1/sites");
  const field = page.getByRole("textbox", { name: "Which key is this?" });
  await field.fill("abcd");
  const other = await page.context().newPage();
  await other.goto("/change-password");
  await other.getByRole("button", { name: "Sign out" }).click();
  await other.waitForURL(/\/login/);
  await page.getByRole("button", { name: "Find key" }).click();
  await expect(page).toHaveURL(/\/login\?next=%2F1%2Fsites$/);
  await giveCredentials(page);
  await page.waitForURL(/\/1\/sites$/);
  await expect(field).toBeVisible();
  await page.context().close();
});

test("the days of a list are typed digit by digit, and leave one entry in the history", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/admin/audit");
  await page.getByRole("button", { name: /^Time range:/ }).click();
  const from = page.getByRole("dialog").getByLabel("From");
  await from.focus();
  // The same in any order of day and month.
  await page.keyboard.type("05052025", { delay: 100 });
  await expect(from).toHaveValue("2025-05-05");
  await expect(page).toHaveURL(/\?from=2025-05-05$/);
  await page.keyboard.type("2024", { delay: 100 });
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?from=2024-05-05$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/audit$/);
  await page.context().close();
});

test("a refused change keeps what was typed", async ({ browser }) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/change-password");
  await page.getByLabel("Current password").fill("not the one");
  await page.getByLabel("New password", { exact: true }).fill("Another-Harbour-48-lamps");
  await page.getByLabel("Confirm new password").fill("Another-Harbour-48-lamps");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Current password")).toBeFocused();
  await expect(page.getByLabel("Current password")).toHaveValue("not the one");
  await expect(page.getByLabel("Confirm new password")).toHaveValue("Another-Harbour-48-lamps");
  await expectAccessible(page);
  await page.context().close();
});
