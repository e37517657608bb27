import postgres from "postgres";
import { expect, expectAccessible, signedIn, test, type Page } from "../support/journey";
import { PASSWORD, startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";

let portal: PopulatedPortal;

test.beforeAll(async () => {
  portal = await startPopulatedPortal({ RATE_LIMIT_ENABLED: "true" });
});
test.afterAll(() => portal?.stop());

async function onDatabase<Row extends object>(statement: string): Promise<Row[]> {
  const url = new URL(portal.databaseUrl);
  const host = url.searchParams.get("host");
  url.searchParams.delete("host");
  const sql = postgres(url.href, { max: 1, ...(host && { host }) });
  return [...(await sql.unsafe<Row[]>(statement).finally(() => sql.end()))];
}

/** As if everybody had signed in more than ten minutes ago. */
async function waitElevenMinutes(): Promise<void> {
  await onDatabase("update user_sessions set proved_at = now() - interval '11 minutes'");
}

const proofDialog = (page: Page) => page.getByRole("dialog", { name: "Confirm it's you" });

async function confirm(page: Page, password: string): Promise<void> {
  await proofDialog(page).getByRole("textbox", { name: "Password" }).fill(password);
  await proofDialog(page).getByRole("button", { name: "Confirm" }).click();
}

test("a key is shown after a fresh sign-in at once, and later once the password is given again", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal.server.url, "companyadmin", {
    viewport: { width: 390, height: 844 },
  });
  await page.goto(`/${portal.own.id}/sites`);
  const openReveal = async () => {
    await page.getByRole("button", { name: /^Actions for key/ }).click();
    await page.getByRole("menuitem", { name: "Show key" }).click();
  };
  await openReveal();
  await page.getByRole("dialog").getByRole("button", { name: "Show key" }).click();
  await expect(page.getByRole("dialog").getByText(portal.own.key)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();

  await waitElevenMinutes();
  await openReveal();
  const showKey = page.getByRole("dialog").getByRole("button", { name: "Show key" });
  await showKey.click();
  await expect(proofDialog(page).getByRole("textbox", { name: "Password" })).toBeFocused();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(proofDialog(page)).toBeHidden();
  await expect(showKey).toBeFocused();
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was done" })).toBeVisible();
  await expect(page.getByText(portal.own.key)).toHaveCount(0);

  await showKey.press("Enter");
  await confirm(page, "not the password");
  await expect(proofDialog(page).getByText("This isn't your password.")).toBeVisible();
  await confirm(page, PASSWORD);
  await expect(page.getByRole("dialog").getByText(portal.own.key)).toBeVisible();
  const failures = await onDatabase<{ actor_name: string }>(
    "select actor_name from audit_log where action = 'session.prove' and outcome = 'failure'",
  );
  expect(failures).toEqual([{ actor_name: "companyadmin" }]);
  await page.context().close();
});

test("a form keeps what was typed while it waits for the proof, and other roles need none", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  await waitElevenMinutes();
  await page.goto("/admin/users");
  const create = async (name: string, role: string) => {
    await page.getByRole("button", { name: "Create user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Username").fill(name);
    await dialog.getByLabel("Email").fill(`${name}@example.com`);
    await dialog.getByLabel("Global role").selectOption(role);
    await dialog.getByRole("button", { name: "Create user" }).click();
  };
  await create("second.global", "GlobalAdmin");
  await expect(proofDialog(page).getByRole("textbox", { name: "Password" })).toBeFocused();
  // Early presses may do nothing, and never close the form below.
  await expect(async () => {
    await page.keyboard.press("Escape");
    await expect(proofDialog(page)).toBeHidden({ timeout: 500 });
  }).toPass();
  await expect(page.getByRole("dialog").getByLabel("Username")).toHaveValue("second.global");
  expect(await onDatabase("select 1 from app_auth_users where username = 'second.global'")).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Create user" }).click();
  await confirm(page, PASSWORD);
  await expect(page.getByRole("dialog").getByText(/^Temporary password for/)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();

  await waitElevenMinutes();
  await create("plain.person", "User");
  await expect(page.getByRole("dialog").getByText(/^Temporary password for/)).toBeVisible();
  await page.context().close();
});

test("a button without a dialog of its own gets the focus back and does what was asked", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  const [user] = await onDatabase<{ id: number }>("select id from app_auth_users where username = 'user'");
  await page.goto(`/admin/users/${user!.id}`);
  await waitElevenMinutes();
  const signOut = page.getByRole("button", { name: "Sign out everywhere" });
  await signOut.press("Enter");
  await confirm(page, PASSWORD);
  await expect(page.getByText("No sessions were open.")).toBeVisible();
  await expect(signOut).toBeFocused();
  await page.context().close();
});

test("setting a second step up asks for the password, and wrong ones are limited", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "outsider");
  await page.goto("/set-up-mfa");
  await waitElevenMinutes();
  await page.getByLabel("Code from the app").fill("123456");
  await page.getByRole("button", { name: "Turn on" }).click();
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await confirm(page, `wrong ${attempt}`);
    await expect(proofDialog(page).getByRole("button", { name: "Confirm" })).not.toHaveAttribute("aria-busy");
  }
  await confirm(page, PASSWORD);
  await expect(proofDialog(page).getByText(/Too many attempts/)).toBeVisible();
  await page.context().close();
});

test("another's address, a new key, and deleting a company ask for the password, a username does not", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  const [user] = await onDatabase<{ id: number }>("select id from app_auth_users where username = 'user'");
  await page.goto(`/admin/users/${user!.id}`);
  await waitElevenMinutes();
  const dialog = page.getByRole("dialog");
  const edit = async (label: string, value: string) => {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await dialog.getByLabel(label).fill(value);
    await dialog.getByRole("button", { name: "Save" }).click();
  };
  await edit("Username", "user.renamed");
  await expect(page.getByRole("heading", { name: "user.renamed" })).toBeVisible();
  await edit("Email", "moved@example.com");
  await confirm(page, PASSWORD);
  await expect(page.getByText("moved@example.com").first()).toBeVisible();
  await waitElevenMinutes();
  await page.goto(`/${portal.own.id}/sites`);
  await page.getByRole("button", { name: /^Actions for key/ }).click();
  await page.getByRole("menuitem", { name: "Rotate" }).click();
  await dialog.getByRole("button", { name: "Rotate" }).click();
  await confirm(page, PASSWORD);
  await expect(dialog.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
  await waitElevenMinutes();
  await page.goto(`/admin/companies/${portal.other.id}`);
  await page.getByRole("button", { name: "Delete company" }).click();
  await dialog.getByLabel("Type Other Company to confirm").fill("Other Company");
  await dialog.getByRole("button", { name: "Delete company" }).click();
  await confirm(page, PASSWORD);
  await expect(page).toHaveURL(/\/admin\/companies$/);
  await page.context().close();
});
