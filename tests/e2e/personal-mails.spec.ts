import { connect } from "@/db/client";
import { expect, expectAccessible, expectFit, giveCredentials, test } from "../support/journey";
import { PASSWORD, startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";
import { openMailServer, type ReceivedMail, type TestMailServer } from "../support/smtp-server";

let portal: PopulatedPortal;
let mail: TestMailServer;

test.beforeAll(async () => {
  mail = await openMailServer();
  portal = await startPopulatedPortal({
    SMTP_URL: mail.url,
    MAIL_FROM: "WinAuthMon <winauthmon@example.com>",
    PUBLIC_URL: "https://portal.example.com",
  });
  const sql = connect(portal.databaseUrl, { max: 1 });
  await sql`update app_auth_settings set allow_registration = true`;
  await sql.end();
});
test.afterAll(async () => {
  await portal?.stop();
  await mail?.close();
});

/** Path and query of the button in the newest mail to the address. */
async function linkTo(address: string): Promise<string> {
  const mine = () => mail.received.filter(({ to }) => to.includes(address));
  await expect.poll(() => mine().length, { timeout: 30_000 }).toBeGreaterThan(0);
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
  await page.getByLabel("E-mail address").fill("newcomer@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel(/repeat/i).fill(PASSWORD);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByText("Open its link to confirm the address.")).toBeVisible();
  const link = await linkTo("newcomer@example.com");
  await page.goto(link);
  await expectAccessible(page);
  await expectFit(page);
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByText("Your address is confirmed.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByText("This link does not work")).toBeVisible();
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
  await expect(page.getByText("Enter an e-mail address such as")).toBeVisible();
  await page.getByLabel("Email address").fill("user@example.com");
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("a mail with a link is on its way")).toBeVisible();
  await page.goto(await linkTo("user@example.com"));
  const chosen = "Another-Harbour-48-lamps";
  await page.getByLabel("New password", { exact: true }).fill(chosen);
  await page.getByLabel(/repeat/i).fill(chosen);
  await page
    .getByRole("button", { name: /password/i })
    .last()
    .click();
  await expect(page.getByText("The new password is set. Sign in with it.")).toBeVisible();
  await giveCredentials(page, "user", chosen);
  await page.waitForURL(/dashboard/);
  await context.close();
});
