import { Webhook } from "standardwebhooks";
import { connect } from "@/db/client";
import {
  expect,
  expectAccessible,
  expectMessageAccessible,
  expectSound,
  signedIn,
  test,
} from "../support/journey";
import { startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";
import { openReceiver, type Receiver } from "../support/receiver";

let portal: PopulatedPortal;
let receiver: Receiver;

test.beforeAll(async () => {
  receiver = await openReceiver();
  portal = await startPopulatedPortal({ WEBHOOK_ALLOWED_NETWORKS: "127.0.0.0/8" });
});
test.afterAll(async () => {
  await portal?.stop();
  await receiver?.close();
});

test("empty screens say the next step, and leave nobody without one", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "companyadmin");
  await page.goto("/");
  await page.getByRole("navigation").getByRole("link", { name: "Notifications" }).click();
  await expect(page.getByText("No notifications yet")).toBeVisible();
  await expectSound(page);
  await page.getByRole("link", { name: "Deliveries" }).click();
  await expect(page.getByText("No deliveries yet")).toBeVisible();
  await expectSound(page);
  await page.getByRole("link", { name: "Channels" }).click();
  await expect(page.getByText("No channels yet")).toBeVisible();
  await expect(page.getByText("Email isn't set up", { exact: true })).toBeVisible();
  await expectSound(page);
});

test("a channel is added, tested, subscribed, previewed, paused, rotated and deleted", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal.server.url, "companyadmin");
  await page.goto(`/${portal.own.id}/notifications/channels`);
  await page.getByRole("button", { name: "Add channel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Type").selectOption("webhook");
  await dialog.getByRole("button", { name: "Add channel" }).click();
  await expect(dialog.getByText("Enter a value.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Operations");
  await dialog.getByLabel("URL").fill(`${receiver.url}/hook`);
  await dialog.getByLabel("Wait before sending").selectOption("0");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add channel" }).click();
  const secret = await page.getByText(/^whsec_/).textContent();
  await page.getByRole("button", { name: "Close" }).first().click();

  await page.getByRole("button", { name: "Send a test to Operations" }).click();
  await expectMessageAccessible(page, "Test message queued.");
  await expect.poll(() => receiver.received.length).toBe(1);
  const { body, headers } = receiver.received[0]!;
  expect(new Webhook(secret!).verify(body, headers as Record<string, string>)).toBeTruthy();

  await page.getByRole("button", { name: "Add subscription" }).click();
  await dialog.getByRole("button", { name: "Add subscription" }).click();
  await expect(dialog.getByText("Choose at least one kind.")).toBeVisible();
  await dialog.getByLabel("API key created").check();
  await dialog.getByLabel("Computer silent").check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add subscription" }).click();
  await expect(
    page.getByText(/^Computer silent and API key created → http:\/\/127.*, immediately$/),
  ).toBeVisible();

  await page.goto(`/${portal.own.id}/sites`);
  await page.getByRole("button", { name: "Add key" }).click();
  await dialog.getByLabel("Description").fill("Reception");
  await dialog.getByRole("button", { name: "Add key" }).click();
  await expect.poll(() => receiver.received.length).toBe(2);
  expect(receiver.received[1]!.body).toContain("companyadmin created API key “Reception”");

  await dialog.getByRole("button", { name: "Close" }).first().click();
  await page.getByRole("button", { name: "Notifications, 1 unread" }).click();
  const bell = page.getByRole("dialog", { name: "Unread notifications" });
  await expect(bell.getByText(/companyadmin created API key “Reception”/)).toBeVisible();
  await expectAccessible(page);
  await expect(bell.getByRole("link", { name: "All notifications" })).toHaveAttribute(
    "href",
    `/${portal.own.id}/notifications`,
  );
  await bell.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByRole("button", { name: "Notifications, none unread" })).toBeVisible();
  await page.goto(`/${portal.own.id}/notifications`);
  await expect(page.getByText(/companyadmin created API key “Reception”/)).toBeVisible();
  const told = page.getByRole("link", { name: "API key created" });
  await expect(told).toHaveAttribute("href", /\/sites#key-\d+$/);
  await page.getByRole("link", { name: "Channels" }).click();
  await page.getByRole("button", { name: "Preview" }).click();
  await dialog.getByRole("button", { name: "Show preview" }).click();
  await expect(dialog.getByText("1 notification in 1 message.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await expectSound(page);

  const menu = page.getByRole("button", { name: "Actions for channel Operations" });
  await menu.click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await dialog.getByLabel("Reason").fill("Moving house");
  await dialog.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText(/Moving house/)).toBeVisible();
  await page.getByRole("button", { name: "Resume Operations" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();

  await menu.click();
  await page.getByRole("menuitem", { name: "Rotate secret" }).click();
  await dialog.getByRole("button", { name: "Rotate" }).click();
  await expect(page.getByText(/^whsec_/)).toBeVisible();
  expect(await page.getByText(/^whsec_/).textContent()).not.toBe(secret);
  await dialog.getByRole("button", { name: "Close" }).first().click();

  await menu.click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await dialog.getByLabel("Name").fill("Operations desk");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Actions for channel Operations desk" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete channel" }).click();
  await expect(page.getByText("No channels yet")).toBeVisible();
});

test("ten thousand deliveries are filtered, looked into and sent again", async ({ browser }) => {
  const sql = connect(portal.databaseUrl, { max: 1 });
  const companyId = portal.own.id;
  const [channel] = await sql<{ id: number }[]>`
    insert into notification_channels (company_id, name, type, wait_seconds, interval_seconds, url_origin)
    values (${companyId}, 'Busy', 'webhook', 30, 300, 'https://hooks.example.com') returning id`;
  await sql`
    insert into notification_deliveries (company_id, channel_id, group_id, reason, state, severity,
      notification_count, attempt_count, last_status, last_note, created_at)
    select ${companyId}, ${channel!.id}, gen_random_uuid(), 'news', case when n % 100 = 0 then 'failed' else 'done' end,
      'warning', 1 + n % 7, 1, case when n % 100 = 0 then 500 else 204 end,
      case when n % 100 = 0 then 'The receiver responded with 500.' end, now() - make_interval(mins => 10000 - n)
    from generate_series(1, 10000) as n`;
  await sql`
    insert into notification_attempts (company_id, delivery_id, number, started_at, duration_ms, result, status, note)
    select company_id, id, 1, created_at, 123, case state when 'done' then 'success' else 'failed' end, last_status,
      last_note from notification_deliveries where channel_id = ${channel!.id}`;
  await sql.end();
  const page = await signedIn(browser, portal.server.url, "companyadmin");
  await page.goto(`/${companyId}/notifications/deliveries`);
  await expect(page.getByRole("cell", { name: "Busy" }).first()).toBeVisible();
  await expectSound(page);
  await page.getByLabel("State", { exact: true }).selectOption("failed");
  await page.waitForURL(/state=failed/);
  await expect(page.getByText("The receiver responded with 500.").first()).toBeVisible();
  await page.getByRole("row").filter({ hasText: "The receiver responded with 500." }).first().click();
  const detail = page.getByRole("dialog");
  await expect(detail.getByText(/^1\. .+, 123 ms$/)).toBeVisible();
  await expectAccessible(page);
  await detail.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText("1 message queued again")).toBeVisible();
});

test("the portal's own notifications are for global administrators", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "globaladmin");
  await page.goto("/admin/notifications/channels");
  await page.getByRole("button", { name: "Add channel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Operators");
  await dialog.getByLabel("Email addresses").fill("ops@example.com");
  await dialog.getByRole("button", { name: "Add channel" }).click();
  await expect(page.getByText("Email isn't set up, so this channel can't send.")).toBeVisible();
  await page.getByRole("button", { name: "Add subscription" }).click();
  await dialog.getByLabel("Disk nearly full").check();
  await dialog.getByRole("button", { name: "Add subscription" }).click();
  await expect(page.getByText("Disk nearly full → ops@example.com, within 30 seconds")).toBeVisible();
  await page.goto("/admin/notifications");
  await expect(page.locator("h1")).toHaveText("Portal notifications");
});
