import { expect, expectAccessible, expectFit, signedIn, test } from "../support/journey";
import { complaintsOf } from "../support/complaints";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents } from "../support/posted-events";

let server: OwnServer;

test.beforeAll(async () => {
  server = await startReadyServer();
});
test.afterAll(() => server?.stop());

const logon = (UserName: string) => ({
  EventType: "Logon",
  UserName,
  ComputerName: "PC-12",
  Timestamp: new Date().toISOString(),
  LogonType: 2,
});

test("a company says when it works, and which accounts are what", async ({ browser }) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1440, height: 900 } });
  const complaints = complaintsOf(page);
  await postEvents(server.url, API_KEY, [logon("anna"), logon("svc-backup")]);
  const tabs = page.getByRole("navigation", { name: "Alerts and rules" });

  await page.goto("/1/alerts/rules");
  await tabs.getByRole("link", { name: "Company calendar" }).click();
  await expect(page.getByText("No working hours for the company yet")).toBeVisible();
  await expectAccessible(page);
  await tabs.getByRole("link", { name: "Rules" }).click();
  await expect(page.getByText("No working hours are set.")).toBeVisible();
  await expect(page.getByText("No account is tagged as a service account.")).toBeVisible();
  await tabs.getByRole("link", { name: "Company calendar" }).click();
  await page.getByRole("button", { name: "Set working hours" }).click();
  const hours = page.getByRole("dialog", { name: "Working hours" });
  await hours.getByLabel("Monday from").fill("");
  await hours.getByRole("button", { name: "Save" }).click();
  await expect(hours.getByText("Enter both times, or leave both blank for a day off.").first()).toBeVisible();
  await expectAccessible(page);
  await hours.getByLabel("Monday to").fill("");
  await hours.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Working hours saved")).toBeVisible();
  await expect(page.getByText("Tuesday to Friday")).toBeVisible();

  await page.getByRole("button", { name: "Set hours for HO" }).click();
  const site = page.getByRole("dialog", { name: "Working hours for HO" });
  await site.getByLabel("Saturday from").fill("22:00");
  await site.getByLabel("Saturday to").fill("06:00");
  await site.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await site.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("22:00 to 06:00 the next day")).toBeVisible();

  await page.getByRole("button", { name: "Add holiday" }).click();
  const holiday = page.getByRole("dialog", { name: "Add holiday" });
  await holiday.getByRole("button", { name: "Add holiday" }).click();
  await expect(holiday.getByText("Enter a name.").first()).toBeVisible();
  await holiday.getByLabel("Name").fill("New Year");
  await holiday.getByLabel("First day").fill("2027-01-01");
  await holiday.getByLabel("Every year").click();
  await holiday.getByRole("button", { name: "Add holiday" }).click();
  await expect(page.getByRole("list", { name: "Holidays" }).getByText("New Year")).toBeVisible();

  await page.getByRole("button", { name: "Exempt account" }).click();
  const exempt = page.getByRole("dialog", { name: "Exempt account" });
  await exempt.getByLabel("Account").fill("nobody");
  await exempt.getByLabel("Reason").fill("On call");
  await exempt.getByRole("button", { name: "Exempt" }).click();
  await expect(exempt.getByText("No account has this name.").first()).toBeVisible();
  await exempt.getByLabel("Account").fill("Anna");
  await exempt.getByRole("button", { name: "Exempt" }).click();
  await expect(page.getByRole("list", { name: "Exempt accounts" }).getByText("anna")).toBeVisible();
  await expectAccessible(page);

  await tabs.getByRole("link", { name: "Tags" }).click();
  await page.getByRole("button", { name: "Add pattern" }).click();
  const pattern = page.getByRole("dialog", { name: "Add pattern" });
  await pattern.getByLabel("Pattern").fill("*");
  await pattern.getByRole("button", { name: "Add pattern" }).click();
  await expect(pattern.getByText("Include at least one character other than * and ?.").first()).toBeVisible();
  await pattern.getByLabel("Pattern").fill("SVC-*");
  await pattern.getByRole("button", { name: "Add pattern" }).click();
  await expect(page.getByRole("list", { name: "Patterns" }).getByText("SVC-*")).toBeVisible();
  await page.goto("/1/accounts");
  await page.getByRole("table").getByRole("link", { name: "svc-backup" }).click();
  await expect(page.getByRole("heading", { name: "svc-backup", level: 1 })).toBeVisible();
  await expect(page.getByText("Service account", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Tags" }).click();
  const tags = page.getByRole("dialog", { name: "Tags" });
  await tags.getByLabel("Administrator").selectOption("yes");
  await tags.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Tags saved")).toBeVisible();
  await expect(page.getByText("Administrator", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.goto("/1/alerts/rules");
  await expect(page.getByText("No working hours are set.")).toHaveCount(0);
  await expect(page.getByText("No account is tagged as a service account.")).toHaveCount(0);

  // Hours on one day alone, three days from now, so that it is outside of them whenever this runs.
  const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  const open = days[new Date(Date.now() + 3 * 86_400_000).getUTCDay()]!;
  await page.goto("/1/alerts/calendar");
  await page.getByRole("button", { name: "Remove working hours for HO" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("22:00 to 06:00 the next day")).toHaveCount(0);
  await page.getByRole("button", { name: "Edit working hours" }).click();
  for (const day of days) {
    await hours.getByLabel(`${day} from`).fill(day === open ? "09:00" : "");
    await hours.getByLabel(`${day} to`).fill(day === open ? "10:00" : "");
  }
  await hours.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("09:00 to 10:00")).toBeVisible();
  await page.goto("/1/alerts");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await postEvents(server.url, API_KEY, [logon("anna"), logon("bert"), logon("svc-backup")]);
  const alerts = page.getByRole("table", { name: "Alerts" });
  await expect(alerts.getByText(/^bert logged on to PC-12 at .*, outside working hours\.$/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(
    alerts.getByText(
      /^The service account svc-backup was used at the keyboard or by Remote Desktop on PC-12/,
    ),
  ).toBeVisible();
  await expect(alerts.getByText(/^anna logged on/)).toHaveCount(0);
  await alerts.getByRole("link", { name: "Outside working hours" }).first().click();
  await expect(page.getByRole("list", { name: "Evidence" }).getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page);

  await page.goto("/1/alerts/calendar");
  const asked: [button: string, happens: string, left: string][] = [
    ["Remove the holiday New Year", "Working hours then apply as on other days.", "No holidays"],
    [
      "Remove the exemption for anna",
      "Logons of this account outside working hours can then cause alerts again.",
      "No exempt accounts",
    ],
    ["Remove the pattern SVC-*", "Names that match only this pattern lose the tag", "No patterns"],
  ];
  for (const [name, happens, left] of asked) {
    if (name.includes("pattern")) await page.goto("/1/alerts/tags");
    await page.getByRole("button", { name }).click();
    const removal = page.getByRole("dialog", { name });
    await expect(removal.getByText(happens)).toBeVisible();
    await removal.getByRole("button", { name: "Cancel" }).click();
    await expect(removal).toHaveCount(0);
    await page.getByRole("button", { name }).click();
    await removal.getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText(left)).toBeVisible();
  }

  for (const address of ["/1/alerts/calendar", "/1/alerts/tags"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectFit(page);
  }
  await expect(page.getByRole("list", { name: "Set manually" }).getByText("svc-backup")).toBeVisible();
  expect(complaints).toEqual([]);
  await page.context().close();
});
