import {
  expect,
  expectAccessible,
  signedIn,
  signIn,
  test,
  type Browser,
  type Locator,
  type Page,
} from "../support/journey";
import { PASSWORD, startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";

const NEW_PASSWORD = "Amber-Lantern-83-fields";

let portal: PopulatedPortal;

test.beforeAll(async () => {
  portal = await startPopulatedPortal();
});
test.afterAll(() => portal?.stop());

async function openBrowser(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: portal.server.url })).newPage();
}

/** Fills the open dialog's fields by label, presses its button and returns the dialog. */
async function fillDialog(page: Page, fields: Record<string, string>, submit: string): Promise<Locator> {
  const dialog = page.getByRole("dialog");
  for (const [label, value] of Object.entries(fields)) {
    const field = dialog.getByLabel(label);
    if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await dialog.getByRole("button", { name: submit, exact: true }).click();
  return dialog;
}

/** Desk and phone: nothing scrolls sideways, and axe finds nothing. */
async function expectSound(page: Page): Promise<void> {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function postEvent(key: string): Promise<number> {
  const answer = await fetch(`${portal.server.url}/api/log_event`, {
    method: "POST",
    headers: { "X-API-Key": key },
    body: JSON.stringify({
      EventType: "Logon",
      UserName: "first.person",
      ComputerName: "PC-01",
      Timestamp: new Date().toISOString(),
    }),
  });
  return answer.status;
}

/** The secret that a dialog shows this once. */
async function shownSecret(dialog: Locator): Promise<string> {
  return (await dialog.locator("code").innerText()).trim();
}

async function chooseForKey(page: Page, site: string, key: number, entry: string): Promise<void> {
  const row = page
    .getByRole("list", { name: `API keys of ${site}` })
    .getByRole("listitem")
    .nth(key);
  await row.getByRole("button", { name: /^Actions for key/ }).click();
  await page.getByRole("menuitem", { name: entry }).click();
}

test("a company is made with its first key, its keys are rotated and disabled, and it goes only by its name", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  // As the palette and the first steps open it.
  await page.goto("/admin/companies?do=add");
  await fillDialog(page, { Name: "Own Company" }, "Add company");
  await expect(page.getByRole("dialog")).toContainText(/already|another/i);
  await fillDialog(page, { Name: "Harbour Works" }, "Add company");
  await page.waitForURL(/\/\d+\/sites$/);
  const companyId = /\/(\d+)\/sites/.exec(page.url())![1]!;
  await expect(page.getByRole("heading", { name: "HO" })).toBeVisible();

  await chooseForKey(page, "HO", 0, "Show key");
  const first = await shownSecret(await fillDialog(page, {}, "Show key"));
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  expect(await postEvent(first)).toBe(201);

  await chooseForKey(page, "HO", 0, "Rotate");
  const second = await shownSecret(await fillDialog(page, { "Old key expires": "24" }, "Rotate"));
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  expect([await postEvent(first), await postEvent(second)]).toEqual([201, 201]);
  await expect(page.getByText(/^Expires/).first()).toBeVisible();
  await expectSound(page);

  const keys = page.getByRole("list", { name: "API keys of HO" }).getByRole("listitem");
  await expect(keys).toHaveCount(2);
  for (let number = 0; number < 2; number += 1) {
    const button = keys.nth(number).getByRole("button", { name: /^Disable key/ });
    await button.focus();
    await page.keyboard.press("Enter");
    await fillDialog(page, {}, "Disable");
    await expect(keys.nth(number).getByRole("button", { name: /^Enable key/ })).toBeVisible();
  }
  expect([await postEvent(first), await postEvent(second)]).toEqual([401, 401]);

  await page.getByRole("button", { name: "Rename" }).click();
  await fillDialog(page, { Name: "Main office" }, "Rename");
  await expect(page.getByRole("heading", { name: "Main office" })).toBeVisible();

  await page.getByRole("link", { name: "Companies", exact: true }).click();
  await page.waitForURL(/\/admin\/companies$/);
  await page.getByRole("table").getByRole("link", { name: "Harbour Works", exact: true }).click();
  await page.waitForURL(new RegExp(`/admin/companies/${companyId}$`));
  await expectSound(page);
  const dashboard = page.getByRole("link", { name: "Open dashboard" });
  await expect(dashboard).toHaveAttribute("href", `/${companyId}/dashboard`);
  await page.getByRole("button", { name: "Delete company" }).click();
  await fillDialog(page, { "Type Harbour Works to confirm": "Harbour" }, "Delete company");
  await expect(page.getByRole("dialog")).toBeVisible();
  await fillDialog(page, { "Type Harbour Works to confirm": "Harbour Works" }, "Delete company");
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(/events/);
  await page
    .getByRole("dialog")
    .getByLabel(/Delete its data first/)
    .click();
  await fillDialog(page, { "Type Harbour Works to confirm": "Harbour Works" }, "Delete company");
  await page.waitForURL(/\/admin\/companies$/);
  await expect(page.getByRole("link", { name: "Harbour Works" })).toHaveCount(0);
  // The links of the sidebar lead to the company looked at last, unless it is gone.
  await page.getByRole("link", { name: "Events", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Events", exact: true })).toBeVisible();
  await page.goto(`/${companyId}/events`);
  await expect(page.getByText("There's no page at this address")).toBeVisible();
});

test("a user is made, changes the temporary password, and feels each change at the next request", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  await page.goto("/admin/users");
  await expectSound(page);
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = await fillDialog(
    page,
    { Username: "new.person", Email: "new.person@example.com", Company: String(portal.own.id) },
    "Create user",
  );
  const temporary = await shownSecret(dialog);
  await dialog.getByRole("button", { name: "Close" }).last().click();

  const theirs = await openBrowser(browser);
  await signIn(theirs, "NEW.person@example.com", temporary);
  await theirs.waitForURL(/change-password/);
  await theirs.getByLabel("Current password").fill(temporary);
  await theirs.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
  await theirs.getByLabel("Confirm new password").fill(NEW_PASSWORD);
  await theirs.getByRole("button", { name: "Change password" }).click();
  await theirs.waitForURL(/dashboard/);
  expect((await theirs.goto(`/${portal.own.id}/sites`))!.status()).toBe(403);

  await page.goto("/admin/users");
  await page.getByRole("link", { name: "new.person", exact: true }).click();
  await page.getByRole("button", { name: "Make company administrator in Own Company" }).click();
  await expect(page.getByRole("list", { name: "Memberships" })).toContainText("Company administrator");
  await expectSound(page);
  expect((await theirs.goto(`/${portal.own.id}/sites`))!.status()).toBe(200);

  await page.getByRole("list", { name: "Memberships" }).getByRole("button", { name: "Remove" }).click();
  await fillDialog(page, {}, "Remove");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect((await theirs.goto(`/${portal.own.id}/events`))!.status()).toBe(404);

  await page.getByRole("button", { name: "Add to company" }).click();
  await fillDialog(page, { Company: String(portal.other.id), Role: "CompanyAdmin" }, "Add");
  // One after the other: an expression of both is a sentence that no other language has.
  const membership = page.getByRole("list", { name: "Memberships" }).getByRole("listitem");
  await expect(membership).toContainText("Other Company");
  await expect(membership).toContainText("Company administrator");
  expect((await theirs.goto(`/${portal.other.id}/sites`))!.status()).toBe(200);

  await page.goto(`/${portal.other.id}/members`);
  await page.getByRole("link", { name: "new.person", exact: true }).click();
  await page.getByRole("button", { name: /^Remove/ }).click();
  await fillDialog(page, {}, "Remove");
  await page.waitForURL(new RegExp(`/${portal.other.id}/members$`));
  await expect(page.getByRole("heading", { name: "Members", exact: true })).toBeVisible();
  await page.goto("/admin/users");
  await page.getByRole("link", { name: "new.person", exact: true }).click();
  await page.getByRole("button", { name: "Add to company" }).click();
  await fillDialog(page, { Company: String(portal.other.id), Role: "CompanyAdmin" }, "Add");
  await expect(membership).toContainText("Other Company");

  await page.getByRole("button", { name: "Deactivate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect((await theirs.goto(`/${portal.other.id}/sites`))!.status()).toBe(200);
  await page.getByRole("button", { name: "Deactivate" }).click();
  await fillDialog(page, {}, "Deactivate");
  await expect(page.getByRole("button", { name: "Activate", exact: true })).toBeVisible();
  await theirs.goto("/profile");
  await expect(theirs.getByLabel("Username or email")).toBeVisible();

  const userPage = page.url();
  const refused = async () => {
    await page.goto("/admin/audit?outcome=denied");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    return page.getByRole("row").count();
  };
  const before = await refused();
  await page.goto(userPage);
  await page.getByRole("button", { name: "Delete user" }).click();
  await fillDialog(page, { "Type new.person to confirm": "new.person" }, "Delete user");
  await page.waitForURL(/\/admin\/users$/);
  // The page of the user, drawn once more behind the deletion, is no attempt of the administrator.
  expect(await refused()).toBe(before);
  await page.goto("/admin/audit");
  await expect(page.getByText("new.person").first()).toBeVisible();
  await expectSound(page);
});

test("the theme of an account follows to another browser, and a browser's own later choice stays", async ({
  browser,
}) => {
  const here = await signedIn(browser, portal.server.url, "user");
  await here.goto("/profile");
  await here.getByLabel("Theme", { exact: true }).last().selectOption("light");
  await here
    .getByLabel("Theme", { exact: true })
    .last()
    .locator("xpath=ancestor::form")
    .getByRole("button")
    .click();
  await expect(here.locator("html")).toHaveClass(/light/);

  const elsewhere = await openBrowser(browser);
  await elsewhere.emulateMedia({ colorScheme: "dark" });
  await signIn(elsewhere, "user", PASSWORD);
  await expect(elsewhere.locator("html")).toHaveClass(/light/);
  await elsewhere.getByRole("button", { name: "Theme" }).click();
  await elsewhere.getByRole("menuitemradio", { name: "Dark" }).click();
  await elsewhere.reload();
  await expect(elsewhere.locator("html")).toHaveClass(/dark/);
});

test("files of the pages say that a browser may not guess what they are", async ({ browser }) => {
  const page = await openBrowser(browser);
  const answers = new Map<string, string | null>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    answers.set(pathname, response.headers()["x-content-type-options"] ?? null);
  });
  await page.goto("/login");
  await page.request
    .get("/icon.svg")
    .then((icon) => answers.set("/icon.svg", icon.headers()["x-content-type-options"] ?? null));
  expect([...answers.keys()].some((path) => path.startsWith("/_next/static/"))).toBe(true);
  expect([...answers].filter(([, value]) => value !== "nosniff")).toEqual([]);
});
