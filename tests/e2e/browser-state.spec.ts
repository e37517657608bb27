import { complaintsOf } from "../support/complaints";
import { expect, signedIn, test, type Page } from "../support/journey";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents } from "../support/posted-events";

const MINUTE_MS = 60_000;

let server: OwnServer;

test.beforeAll(async () => {
  server = await startReadyServer();
  await postEvents(server.url, API_KEY, [
    { EventType: "Logon", UserName: "anna", ComputerName: "PC-1", Timestamp: new Date().toISOString() },
  ]);
});
test.afterAll(() => server?.stop());

/** Keeps what a form sends from the server until the returned function is called. */
async function holdForms(page: Page): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/*", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.fallback();
  });
  return letGo;
}

for (const ahead of [-5, 180]) {
  test(`a viewer's clock that is ahead by ${ahead} minutes is not the computers' fault`, async ({
    browser,
  }) => {
    const page = await signedIn(browser, server.url);
    await page.addInitScript((milliseconds) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + milliseconds;
    }, ahead * MINUTE_MS);
    const complaints = complaintsOf(page);
    await page.goto("/1/dashboard");
    // Scripts draw by then, no longer the server alone.
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    const ages = page.getByRole("main").locator("time");
    await expect(ages.first()).toBeVisible();
    await expect(ages.filter({ hasText: /\b[23] (h|Std)/ })).toHaveCount(0);
    await expect(page.getByText("Clock ahead")).toHaveCount(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
}

test("what is typed while a form is being saved stays, and so does the focus", async ({ browser }) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/admin/settings");
  const field = page.getByRole("textbox", { name: "Domain", exact: true });
  const letGo = await holdForms(page);
  await field.fill("first.example.com");
  await field.press("Enter");
  await field.fill("second.example.com");
  letGo();
  const allowed = page.getByRole("list", { name: "Allowed domains" });
  await expect(allowed).toContainText("first.example.com");
  await expect(field).toHaveValue("second.example.com");
  await expect(field).toBeFocused();
  await field.press("Enter");
  await expect(allowed).toContainText("second.example.com");
  await expect(field).toHaveValue("");
  await expect(field).toBeFocused();
  await page.context().close();
});

test("an import applies the rules that were previewed, whatever the field holds by then", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/1/alerts/rules");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import rules" });
  const text = dialog.getByLabel("YAML");
  await text.fill("rules:\n  password-spray:\n    threshold: 12\n");
  const letGo = await holdForms(page);
  await dialog.getByRole("button", { name: "Preview" }).click();
  await text.fill("rules:\n  password-spray:\n    threshold: 20\n");
  letGo();
  const changes = dialog.getByRole("list", { name: "Changes" });
  await expect(changes).toContainText("Minimum accounts: 5 → 12");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator("#password-spray").getByText("12", { exact: true })).toBeVisible();
  await page.context().close();
});

test("the second of two equal hours is shown again as it stands", async ({ browser }) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/1/who-was-on/roll-call?at=2025-10-26T01:30Z&tz=Europe%2FBerlin");
  await expect(page.getByLabel("Date and time")).toHaveValue("2025-10-26T02:30");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/[?&]at=2025-10-26T01%3A30Z/);
  await page.context().close();
});

test("a filter that was given up by the page's own link doesn't come back with the next one", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/1/accounts");
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/presence=away/, (route) => held.then(() => route.abort()));
  const asked = page.waitForRequest(/presence=away/);
  await page.getByRole("combobox", { name: "Now" }).selectOption("away");
  await asked;
  const rows = page.locator("[data-slot=data-table] > section");
  await expect(rows).toHaveAttribute("aria-busy", "true");
  await page.getByRole("navigation").getByRole("link", { name: "Accounts", exact: true }).first().click();
  await expect(rows).not.toHaveAttribute("aria-busy");
  await page.getByRole("searchbox", { name: "Search accounts" }).fill("anna");
  await expect(page).toHaveURL(`${server.url}/1/accounts?q=anna`);
  letGo();
  await page.context().close();
});
