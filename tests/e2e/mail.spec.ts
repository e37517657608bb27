import { expect, expectAccessible, expectFit, signedIn, test } from "../support/journey";
import { providePortalWithMail } from "../support/mail-portal";

const portal = providePortalWithMail();

test("Settings sends a test message and shows the mail server's own answer", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  await page.goto("/admin/settings");
  await expect(page.getByText("winauthmon@example.com")).toBeVisible();
  await page.getByRole("button", { name: "Send test message" }).click();
  await expect(page.getByText("Enter an email address such as name@example.com.")).toBeVisible();
  await page.getByLabel("Send a test to").fill("ops@example.org");
  await page.getByRole("button", { name: "Send test message" }).click();
  await expect(page.getByText(/Server response: 250 .*queued as TEST/)).toBeVisible();
  expect(portal.mail.received.at(-1)!.to).toEqual(["ops@example.org"]);
  await expectAccessible(page);
  portal.mail.refuse({ step: "recipient", code: 550, words: "No such mailbox" });
  await page.getByRole("button", { name: "Send test message" }).click();
  await expect(page.getByText("The mail server refused the recipient (550).")).toBeVisible();
  await expect(page.getByText(/Server response: 550 No such mailbox/)).toBeVisible();
  portal.mail.refuse(null);
  await expectFit(page);
});
