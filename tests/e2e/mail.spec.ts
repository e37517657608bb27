import { expect, expectAccessible, expectFit, test, type Browser, type Page } from "../support/journey";
import { PASSWORD, startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";
import { openMailServer, type TestMailServer } from "../support/smtp-server";

let portal: PopulatedPortal;
let mail: TestMailServer;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  mail = await openMailServer();
  portal = await startPopulatedPortal({
    SMTP_URL: mail.url,
    MAIL_FROM: "WinAuthMon <winauthmon@example.com>",
    PUBLIC_URL: "http://portal.example.com",
  });
});
test.afterAll(async () => {
  await portal?.stop();
  await mail?.close();
});

async function openPage(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: portal.server.url })).newPage();
}

async function openSettings(browser: Browser): Promise<Page> {
  const page = await openPage(browser);
  await page.goto("/login");
  await page.getByLabel("Username or email").fill("globaladmin");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
  await page.goto("/admin/settings");
  return page;
}

test("Settings sends a test message and shows the mail server's own answer", async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await openSettings(browser);
  await expect(page.getByText("winauthmon@example.com")).toBeVisible();
  await page.getByRole("button", { name: "Send a test message" }).click();
  await expect(page.getByText("Enter an e-mail address such as name@example.com.")).toBeVisible();
  await page.getByLabel("Send a test to").fill("ops@example.org");
  await page.getByRole("button", { name: "Send a test message" }).click();
  await expect(page.getByText(/It said: 250 .*queued as TEST/)).toBeVisible();
  expect(mail.received.at(-1)!.to).toEqual(["ops@example.org"]);
  await expectAccessible(page);
  mail.refuse({ step: "recipient", code: 550, words: "No such mailbox" });
  await page.getByRole("button", { name: "Send a test message" }).click();
  await expect(page.getByText("The mail server refused the recipient (550).")).toBeVisible();
  await expect(page.getByText(/It said: 550 No such mailbox/)).toBeVisible();
  mail.refuse(null);
  await expectFit(page);
});
