import { connect } from "@/db/client";
import {
  expect,
  expectAccessible,
  expectFit,
  expectSound,
  giveCredentials,
  signedIn,
  signIn,
  test,
  type Browser,
  type Page,
} from "../support/journey";
import { providePortalWithMail } from "../support/mail-portal";
import { PASSWORD } from "../support/portal-people";
import type { ReceivedMail } from "../support/smtp-server";

const portal = providePortalWithMail(async ({ databaseUrl }) => {
  const sql = connect(databaseUrl, { max: 1 });
  await sql`update app_auth_settings set allow_registration = true`;
  await sql.end();
});

/** Path and query of the button in the newest mail to the address, once there are so many. */
async function linkTo(address: string, count = 1): Promise<string> {
  const mine = () => portal.mail.received.filter(({ to }) => to.includes(address));
  await expect.poll(() => mine().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
  const newest: ReceivedMail = mine().at(-1)!;
  const [, found] = /https:\/\/portal\.example\.com(\/\S+token=\S+)/.exec(newest.mail.text ?? "") ?? [];
  return found!;
}

test("somebody registers, confirms the address by the mail's link, and waits for an administrator", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: portal.server.url });
  const page = await context.newPage();
  await page.goto("/login");
  await expect(page.getByRole("link", { name: "Register" })).toHaveAttribute("href", "/register");
  await page.goto("/register");
  await page.getByLabel("Username").fill("newcomer");
  await page.getByLabel("Email address").fill("newcomer@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel(/^confirm/i).fill(PASSWORD);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByText("Open the link in it to confirm your address.")).toBeVisible();
  const link = await linkTo("newcomer@example.com");
  await page.goto(link);
  await expectAccessible(page);
  await expectFit(page);
  await page.getByLabel("Password", { exact: true }).fill("not the one of the registration");
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByText("This isn't the password that was chosen at registration.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByText("Your address is confirmed.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByText("This link doesn't work")).toBeVisible();
  await context.close();
});

test("somebody who cannot sign in asks for a link and chooses a new password by it", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: portal.server.url });
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByRole("link", { name: "Can't sign in?" }).click();
  await expectAccessible(page);
  await expectFit(page);
  await page.getByLabel("Email address").fill("no address");
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("Enter an email address such as")).toBeVisible();
  await page.getByLabel("Email address").fill("user@example.com");
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("we've sent an email with a link")).toBeVisible();
  await page.goto(await linkTo("user@example.com"));
  const chosen = "Another-Harbour-48-lamps";
  await page.getByLabel("New password", { exact: true }).fill(chosen);
  await page.getByLabel(/^confirm/i).fill(chosen);
  await page
    .getByRole("button", { name: /password/i })
    .last()
    .click();
  await expect(page.getByText("Your password was changed. Sign in with your new password.")).toBeVisible();
  await giveCredentials(page, "user", chosen);
  await page.waitForURL(/dashboard/);
  await context.close();
});

const CHOSEN = "Another-Harbour-48-lamps";

const as = (browser: Browser, who: string) => signedIn(browser, portal.server.url, who);

/** Creates an invited user in the company. */
async function invite(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Username").fill(name);
  await dialog.getByLabel("Email").fill(`${name}@example.com`);
  await expect(dialog.getByLabel("Password")).toHaveValue("invitation");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog.getByText(`We're sending an email to ${name}@example.com`)).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).first().click();
}

const row = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name) });

test("an administrator invites somebody, who chooses a password by the newest link and signs in", async ({
  browser,
}) => {
  const admin = await as(browser, "globaladmin");
  await admin.goto(`/${portal.own.id}/members`);
  await invite(admin, "invitee");
  await expect(row(admin, "invitee")).toContainText("Invited, link valid until");
  await expectAccessible(admin);
  const older = await linkTo("invitee@example.com");
  await row(admin, "invitee").getByRole("link", { name: "invitee" }).click();
  await expect(admin.getByText("Invited, link valid until")).toBeVisible();
  await admin.getByRole("button", { name: "Resend invitation" }).click();
  await expect(admin.getByText(/^Invitation sent\. The link is valid until/)).toBeVisible();
  await expectSound(admin);
  const newer = await linkTo("invitee@example.com", 2);

  const context = await browser.newContext({ baseURL: portal.server.url });
  const page = await context.newPage();
  await page.goto(older);
  await expect(page.getByText("ask your administrator for a new invitation")).toBeVisible();
  await expectAccessible(page);
  await page.goto(newer);
  await expectAccessible(page);
  await expectFit(page);
  await page.getByLabel("New password", { exact: true }).fill(CHOSEN);
  await page.getByLabel(/^confirm/i).fill(CHOSEN);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your password was changed. Sign in with your new password.")).toBeVisible();
  await page.goto(newer);
  await expect(page.getByText("This link doesn't work")).toBeVisible();
  await signIn(page, "invitee@example.com", CHOSEN);
  await context.close();
  await admin.reload();
  await expect(admin.getByRole("button", { name: "Resend invitation" })).toHaveCount(0);
  await admin.context().close();
});

test("an invitation that is revoked opens nothing, and whoever was invited can be removed", async ({
  browser,
}) => {
  const admin = await as(browser, "globaladmin");
  await admin.goto(`/${portal.own.id}/members`);
  await invite(admin, "mistake");
  const link = await linkTo("mistake@example.com");
  await row(admin, "mistake").getByRole("link", { name: "mistake" }).click();
  await admin.getByRole("button", { name: "Revoke invitation" }).click();
  await expect(admin.getByText(/^Invited, link expired/)).toBeVisible();
  const context = await browser.newContext({ baseURL: portal.server.url });
  const page = await context.newPage();
  for (const dead of [link, `${link}x`]) {
    await page.goto(dead);
    await expect(page.getByText("It has expired, was replaced, or was already used.")).toBeVisible();
  }
  await context.close();
  await admin.getByRole("button", { name: "Delete user" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByRole("textbox").fill("mistake");
  await dialog.getByRole("button", { name: "Delete user" }).click();
  await expect(admin.getByText("mistake deleted")).toBeVisible();
  await admin.context().close();
});

test("a sign-in from another browser is told by mail, with a way to choose a new password", async ({
  browser,
}) => {
  const first = await as(browser, "companyadmin");
  const mine = () => portal.mail.received.filter(({ to }) => to.includes("companyadmin@example.com"));
  expect(mine()).toEqual([]);
  const second = await as(browser, "companyadmin");
  await expect.poll(() => mine().length, { timeout: 30_000 }).toBe(1);
  const { subject, text } = mine()[0]!.mail;
  expect(subject).toBe("WinAuthMon: New sign-in to your account");
  expect(text).toContain("Browser: Chrome on Linux");
  const [, path] = /https:\/\/portal\.example\.com(\/forgot-password)/.exec(text!) ?? [];
  const context = await browser.newContext({ baseURL: portal.server.url });
  const page = await context.newPage();
  await page.goto(path!);
  await expect(page.getByRole("button", { name: "Send link" })).toBeVisible();
  for (const opened of [first.context(), second.context(), context]) await opened.close();
});
