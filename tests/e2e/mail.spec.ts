import { expect, expectAccessible, expectFit, signedIn, test } from "../support/journey";
import { startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";
import { openMailServer, type TestMailServer } from "../support/smtp-server";

let portal: PopulatedPortal;
let mail: TestMailServer;

test.beforeAll(async () => {
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

test("Settings sends a test message and shows the mail server's own answer", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  await page.goto("/admin/settings");
  await expect(page.getByText("winauthmon@example.com")).toBeVisible();
  await page.getByRole("button", { name: "Send test message" }).click();
  await expect(page.getByText("Enter an email address such as name@example.com.")).toBeVisible();
  await page.getByLabel("Send a test to").fill("ops@example.org");
  await page.getByRole("button", { name: "Send test message" }).click();
  await expect(page.getByText(/Server response: 250 .*queued as TEST/)).toBeVisible();
  expect(mail.received.at(-1)!.to).toEqual(["ops@example.org"]);
  await expectAccessible(page);
  mail.refuse({ step: "recipient", code: 550, words: "No such mailbox" });
  await page.getByRole("button", { name: "Send test message" }).click();
  await expect(page.getByText("The mail server refused the recipient (550).")).toBeVisible();
  await expect(page.getByText(/Server response: 550 No such mailbox/)).toBeVisible();
  mail.refuse(null);
  await expectFit(page);
});
