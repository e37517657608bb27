import { complaintsOf } from "../support/complaints";
import { expect, expectSound, signedIn, test, type Browser, type Page } from "../support/journey";
import { providePortalWithMail } from "../support/mail-portal";
import { postEvents } from "../support/posted-events";

const SHOTS = process.env.SHOTS;

const portal = providePortalWithMail(async ({ server, own }) => {
  const Timestamp = new Date().toISOString();
  const failure = { EventType: "LogonFailed", UserName: "anna", ComputerName: "PC-1", Timestamp };
  await postEvents(server.url, own.key, [failure, { ...failure, UserName: "bert" }]);
});

const sentAs = (subject: string) =>
  portal.mail.received.filter((received) => received.mail.subject === `Own Company: ${subject}`);

async function saveView(page: Page, address: string, name: string, isShared: boolean): Promise<void> {
  await page.goto(`/${portal.own.id}${address}`);
  await page.getByRole("button", { name: "Save view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await dialog.getByLabel("Name").fill(name);
  if (isShared) await dialog.getByRole("switch", { name: "Share with the company" }).click();
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByText("View saved")).toBeVisible();
}

async function look(page: Page, name: string): Promise<void> {
  await expectSound(page);
  if (!SHOTS) return;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.evaluate((theme) => localStorage.setItem("winauthmon:theme", theme), colorScheme);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.reload();
      await page.screenshot({ path: `${SHOTS}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function open(browser: Browser, role: string): Promise<Page> {
  return signedIn(browser, portal.server.url, role, { viewport: { width: 1440, height: 900 } });
}

test("a saved view is scheduled, sent now, changed, paused, resumed and deleted", async ({ browser }) => {
  test.setTimeout(300_000);
  const page = await open(browser, "companyadmin");
  const complaints = complaintsOf(page);
  await page.goto("/");
  await page.getByRole("navigation").getByRole("link", { name: "Scheduled reports" }).click();
  await expect(page.getByText("No scheduled reports yet")).toBeVisible();
  await look(page, "empty");

  await saveView(page, "/failures?range=today", "Failures of today", true);
  await page.goto(`/${portal.own.id}/views`);
  await page.getByRole("button", { name: "Actions for Failures of today" }).click();
  await page.getByRole("menuitem", { name: "Schedule…" }).click();
  const dialog = page.getByRole("dialog", { name: "Schedule a report" });
  await expect(dialog.getByLabel("Saved view").locator("option:checked")).toHaveText(/^Failures of today/);
  await dialog.getByLabel("Frequency").selectOption({ label: "Every month" });
  await dialog.getByLabel("Day of the month").selectOption({ label: "Last day" });
  await dialog.locator("input[type=time]").fill("02:30");
  await dialog.getByLabel("Period").selectOption({ label: "Today" });
  await dialog.getByLabel("Format").selectOption({ label: "CSV file" });
  await dialog.getByRole("checkbox", { name: /^companyadmin/ }).click();
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(dialog.getByText("Choose at least one recipient.").first()).toBeVisible();
  await dialog.getByRole("checkbox", { name: /^companyadmin/ }).click();
  await dialog.getByRole("checkbox", { name: "user (user@example.com)" }).click();
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/dialog.png` });
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(page.getByText("On the last day of every month at 02:30 · Today · CSV file")).toBeVisible();
  await expect(page.getByText("Never sent")).toBeVisible();

  await page.getByRole("button", { name: "Send Failures of today now" }).click();
  await expect(page.getByText("Report queued.")).toBeVisible();
  await expect.poll(() => sentAs("Failures of today").length, { timeout: 30_000 }).toBe(2);
  const [received] = sentAs("Failures of today");
  const [file] = received!.mail.attachments;
  expect(file!.filename).toMatch(/^failures_Own-Company_.*\.csv$/);
  // Emails are in the company's language.
  const answer = await page.request.get(
    `/api/v1/reports/failures?company=${portal.own.id}&range=today&format=csv`,
    { headers: { "Accept-Language": "en" } },
  );
  expect(file!.content.equals(await answer.body())).toBe(true);

  await page.getByRole("link", { name: "Failures of today" }).click();
  await page.waitForURL(/\/schedules\/\d+$/);
  await expect(page.getByRole("heading", { name: "Failures of today", level: 1 })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("cell", { name: "Sent", exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByText("Requested by companyadmin")).toBeVisible();
  await expect(page.getByText("user@example.com · Sent")).toBeVisible();
  await look(page, "history");

  await page.getByRole("link", { name: "All schedules" }).click();
  const menu = page.getByRole("button", { name: "Actions for Failures of today" });
  await menu.click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const change = page.getByRole("dialog", { name: "Edit Failures of today" });
  await change.getByLabel("Frequency").selectOption({ label: "Every week" });
  await change.getByLabel("Day of the week").selectOption({ label: "Friday" });
  await change.getByLabel("Format").selectOption({ label: "Summary in the email" });
  await change.getByRole("checkbox", { name: "user (user@example.com)" }).click();
  await change.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Every Friday at 02:30 · Today · Summary in the email")).toBeVisible();
  await page.getByRole("button", { name: "Send Failures of today now" }).click();
  await expect.poll(() => sentAs("Failures of today").length, { timeout: 30_000 }).toBe(3);
  expect(sentAs("Failures of today")[2]!.to).toEqual(["companyadmin@example.com"]);
  if (SHOTS) await lookAtMail(browser, String(sentAs("Failures of today")[2]!.mail.html));
  await menu.click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send Failures of today now" })).toBeVisible();
  await page.getByRole("button", { name: "Resume Failures of today" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await look(page, "list");
  await menu.click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete schedule" }).click();
  await expect(page.getByText("No scheduled reports yet")).toBeVisible();
  expect(complaints).toEqual([]);
});

async function lookAtMail(browser: Browser, html: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await (
      await browser.newContext({ colorScheme, viewport: { width: 700, height: 900 } })
    ).newPage();
    await page.setContent(html);
    await page.screenshot({ path: `${SHOTS}/mail-${colorScheme}.png`, fullPage: true });
  }
}

test("others than administrators send their own views to themselves, and to domains that the company allows", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const admin = await open(browser, "companyadmin");
  await admin.goto(`/${portal.own.id}/schedules`);
  await admin.getByRole("button", { name: "Other recipients" }).click();
  await admin.getByLabel("Allowed email domains").fill("partner.example");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("Allowed domains saved")).toBeVisible();

  const page = await open(browser, "user");
  await page.goto(`/${portal.own.id}/schedules`);
  await expect(page.getByRole("button", { name: "Other recipients" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Schedule a report" })).toHaveCount(0);
  await saveView(page, "/logons?range=7d", "My logons", false);
  await page.goto(`/${portal.own.id}/schedules`);
  await page.getByRole("button", { name: "Schedule a report" }).click();
  const dialog = page.getByRole("dialog", { name: "Schedule a report" });
  await expect(dialog.getByRole("checkbox")).toHaveCount(1);
  await dialog.getByLabel("Other addresses").fill("ann@elsewhere.example");
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(dialog.getByText(/ann@elsewhere\.example isn't allowed/).first()).toBeVisible();
  await dialog.getByLabel("Other addresses").fill("ann@partner.example");
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await expect(page.getByText("Report scheduled")).toBeVisible();
  await page.getByRole("button", { name: "Send My logons now" }).click();
  await expect
    .poll(
      () =>
        sentAs("My logons")
          .map(({ to }) => to[0])
          .toSorted(),
      { timeout: 30_000 },
    )
    .toEqual(["ann@partner.example", "user@example.com"]);
  await unsubscribeByLink(browser, "ann@partner.example");
  await admin.goto(`/${portal.own.id}/schedules`);
  await expect(admin.getByRole("link", { name: "My logons" })).toBeVisible();
});

/** Follows the link of the mail without a session; the mail names the public address, which this server stands for. */
async function unsubscribeByLink(browser: Browser, address: string): Promise<void> {
  const { mail: received } = sentAs("My logons").find(({ to }) => to.includes(address))!;
  const link = new URL(/https:\S*\/unsubscribe\?\S+/.exec(received.text!)![0]);
  const page = await (await browser.newContext({ baseURL: portal.server.url })).newPage();
  await page.goto(`${link.pathname}${link.search}`);
  await expect(
    page.getByText(/ann@partner\.example receives the scheduled report “My logons”/),
  ).toBeVisible();
  await look(page, "unsubscribe");
  await page.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(page.getByText("You're unsubscribed.")).toBeVisible();
  await page.reload();
  await expect(page.getByText(/ann@partner\.example doesn't receive/)).toBeVisible();
}
