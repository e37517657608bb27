import {
  expect,
  expectAccessible,
  expectFit,
  expectMessageAccessible,
  expectRows,
  signedIn,
  test,
  wordsOf,
} from "../support/journey";
import { complaintsOf } from "../support/complaints";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { eventBack as event, postEvents } from "../support/posted-events";
import { cells, expectExport, printed, rowsOfApi } from "../support/report-journey";

const HOSTILE = `=HYPERLINK("x")<img src=x onerror=alert(1)>${"W".repeat(120)}`;
const GUESSED_FROM = "203.0.113.7";
const SPRAYED_FROM = "2001:db8::7334";

let server: OwnServer;

const wrong = { SourceIP: GUESSED_FROM, SubStatus: "0xC000006A" };
const unknown = { SourceIP: SPRAYED_FROM, SubStatus: "0xC0000064" };
const EVENTS = [
  ...[0, 1, 2, 3, 4, 5].map((n) => event("4625", "anna", "PC-1", 2, `08:0${n}:00`, wrong)),
  event("4740", "anna", "PC-1", 2, "08:06:00"),
  event("Logon", "anna", "PC-2", 2, "08:20:00"),
  ...[0, 1, 2, 3, 4].map((n) => event("4625", `sprayed.${n}`, "RDS", 1, `23:0${n}:00`, unknown)),
  event("4625", HOSTILE, "PC-1", 1, "10:00:00", { SourceIP: "-", LocalIP: "10.0.0.5" }),
  event("Logon", HOSTILE, "PC-1", 1, "10:01:00"),
  event("Logon", "bert", "PC-1", 1, "10:30:00"),
  event("Unlock", "bert", "PC-1", 1, "11:30:00"),
  event("Logon", "bert", "PC-2", 2, "10:15:00"),
  event("Logon", "gone", "OLD", 50, "09:00:00"),
];

test.beforeAll(async () => {
  server = await startReadyServer();
});
test.afterAll(() => server?.stop());

test("failed logons are found, a burst shows the success after it, and all of it is traced and taken away", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1280, height: 900 } });
  const complaints = complaintsOf(page);

  await test.step("without any event the screen says how to send the first", async () => {
    await page.goto("/1/failures");
    await expect(page.getByRole("heading", { name: "Failed logons", level: 1 })).toBeVisible();
    await expect(page.getByText("No events yet")).toBeVisible();
    await expectAccessible(page);
  });
  await postEvents(server.url, API_KEY, EVENTS);

  await test.step("the list has an account a row, lockouts apart, and a sum", async () => {
    await page.goto("/1/dashboard");
    await page.getByRole("link", { name: "Failed logons", exact: true }).first().click();
    await expectRows(page, "7 accounts");
    await expect(cells(page, "Failed logons", "name").first()).toHaveText("anna");
    await expect(cells(page, "Failed logons", "failures").first()).toHaveText("6");
    await expect(cells(page, "Failed logons", "lockouts").first()).toHaveText("1");
    await expect(cells(page, "Failed logons", "mainReason").first()).toHaveText("Incorrect password");
    await expect(page.locator("tfoot [data-column=failures]")).toHaveText("12");
    await expectAccessible(page);
  });

  await test.step("the chart tells a day when pointed at, and its table says the same", async () => {
    const chart = page.getByRole("figure", { name: "Failed logons by day" });
    // A picture stands there until the user points at it.
    await chart.getByRole("img", { name: "Failed logons by day" }).hover();
    await chart.locator(".recharts-surface").first().waitFor();
    const box = (await chart.locator(".recharts-surface").first().boundingBox())!;
    // Two days ago is the fifth of seven bars, right of the axis.
    await page.mouse.move(box.x + 40 + ((box.width - 44) * 4.5) / 7, box.y + box.height / 2);
    await expect(chart.locator(".recharts-tooltip-wrapper")).toContainText("Failed logon6");
    await chart.getByRole("button", { name: "Show table" }).click();
    await expect(chart.getByRole("row").filter({ hasText: /6.*1/ })).toBeVisible();
    await chart.getByRole("button", { name: "Show chart" }).click();
  });

  await test.step("bursts are shown, the one with a success first and marked, each leading to its events", async () => {
    const bursts = page.getByRole("list", { name: "Bursts of failed logons" }).getByRole("listitem");
    await expect(page.getByText("2 bursts, 1 followed by a success")).toBeVisible();
    await expect(bursts.nth(0)).toContainText("Repeated failures, one account");
    await expect(bursts.nth(0)).toContainText("6 failed logons, 1 lockout, 1 computer, 203.0.113.7");
    await expect(bursts.nth(0)).toContainText("Success 15 min later");
    await expect(bursts.nth(1)).toContainText("Many accounts from one address");
    await expect(bursts.nth(1)).toContainText("No success within an hour afterward");
    await bursts.nth(0).getByRole("link", { name: "Logon by anna on PC-2" }).click();
    await expectRows(page, "1 event");
    await page.goBack();
    await bursts.nth(1).getByRole("link", { name: SPRAYED_FROM }).click();
    await expectRows(page, "5 events");
    await expect(
      page
        .getByRole("link", { name: /sprayed\.4/ })
        .or(page.getByText("sprayed.4"))
        .first(),
    ).toBeVisible();
    await page.goBack();
  });

  await test.step("rows by address and reason lead to the events they count", async () => {
    await page.getByLabel("Group by").selectOption("address");
    await expectRows(page, "4 addresses");
    await page
      .getByRole("table", { name: "Failed logons" })
      .getByRole("link", { name: GUESSED_FROM })
      .click();
    await expectRows(page, "6 events");
    await expect(page.getByText("From address")).toBeVisible();
    await page.goBack();
    await page.getByLabel("Group by").selectOption("reason");
    await page.getByRole("link", { name: "The username doesn't exist" }).click();
    await expectRows(page, "5 events");
    await page.getByRole("button", { name: /Remove filter Reason/ }).click();
    await expectRows(page, "13 events");
    await page.goBack();
    await page.goBack();
  });

  await test.step("filters and order stand in the address, and every file says what the API says", async () => {
    await page.goto("/1/failures");
    await page.getByLabel("Address or 10.0.*").fill("203.0.*");
    await expectRows(page, "1 account");
    await expect(page.getByText("2 bursts")).toHaveCount(0);
    expect(new URL(page.url()).searchParams.get("address")).toBe("203.0.*");
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expectRows(page, "7 accounts");
    await page.goto("/1/failures?q=anna&address=203.0.*");
    await page.getByRole("link", { name: "Remove filter Search: anna" }).press("Enter");
    await expect(page.getByRole("link", { name: "Remove filter From address: 203.0.*" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Account or computer", { exact: true })).toBeFocused();
    await expectRows(page, "7 accounts");
    await page.getByRole("columnheader", { name: "Account", exact: true }).getByRole("link").click();
    await expect(cells(page, "Failed logons", "name").last()).toHaveText("sprayed.4");
    await expectExport(page, "Export", "failures", {
      Account: "userName",
      "Failed logons": "failures",
      Lockouts: "lockouts",
      "Main reason": "mainReason",
    });
    const over = ["group_by", "sort"];
    await expectExport(
      page,
      "Export failed logons over time",
      "failure-times",
      {
        "Failed logons": "failures",
        Lockouts: "lockouts",
      },
      over,
    );
    await expectExport(
      page,
      "Export bursts",
      "failure-bursts",
      {
        Burst: "burst",
        Account: "userName",
        Address: "address",
        "Failed logons": "failures",
        "Success: account": "successUserName",
        "Success: computer": "successComputerName",
      },
      over,
    );
    expect(await printed(page, "Export")).toContain("sprayed.4");
    expect(await printed(page, "Export bursts")).toContain(wordsOf("Many accounts from one address"));
  });

  await test.step("on a phone and in the light nothing overflows, and empty lists say what to do", async () => {
    await page.evaluate(() => localStorage.setItem("winauthmon:theme", "light"));
    await page.goto("/1/failures");
    await expectRows(page, "7 accounts");
    await expectAccessible(page);
    await expectFit(page);
    await page.goto("/all/failures?group_by=computer");
    await expectRows(page, "2 computers");
    await page.goto("/1/failures?q=nobody-at-all&range=today&site=x");
    await expect(page.getByText("No failed logons match these filters")).toBeVisible();
    await expect(page.getByText("wasn't understood and was left out: site")).toBeVisible();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page.getByText("No failed logons in this period")).toBeVisible();
    await expectAccessible(page);
  });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("logons are counted and drawn by hour of the week, new computers and inactive accounts found, all of it taken away", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1280, height: 900 } });
  const complaints = complaintsOf(page);
  await page.goto("/");
  // Those of the test before are known by their time and names, so each is counted once.
  await postEvents(server.url, API_KEY, EVENTS);

  await test.step("the list has an account a row, with its first and last logon and new computers", async () => {
    await page.getByRole("link", { name: "Logons", exact: true }).first().click();
    await expectRows(page, "3 accounts");
    await expect(cells(page, "Logons", "name").first()).toHaveText("bert");
    await expect(cells(page, "Logons", "logons").first()).toHaveText("2");
    await expect(cells(page, "Logons", "unlocks").first()).toHaveText("1");
    await expect(cells(page, "Logons", "firstLogon").first()).toContainText("10:15:00");
    await expect(cells(page, "Logons", "lastLogon").first()).toContainText("11:30:00");
    await expect(cells(page, "Logons", "newComputers").first()).toContainText("2");
    await expect(page.locator("tfoot [data-column=logons]")).toHaveText("4");
    await expectAccessible(page);
  });

  await test.step("the heat map is a table of the API's hours", async () => {
    const hours = await rowsOfApi(page, "logon-hours");
    const map = page.getByRole("table", { name: "Logons by hour of the week" });
    await expect(map.getByRole("row")).toHaveCount(8);
    const found = (await map.getByRole("cell").allInnerTexts()).map(Number);
    expect(found).toEqual(hours.map(({ logons }) => logons));
    // Four logons and an unlock, as the list counts them.
    expect(found.reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  await test.step("a row leads to its events, new computers to which they are", async () => {
    const table = page.getByRole("table", { name: "Logons", exact: true });
    await table.getByRole("link", { name: "bert", exact: true }).click();
    await expectRows(page, "3 events");
    await page.goBack();
    await cells(page, "Logons", "newComputers").first().getByRole("link").click();
    await expectRows(page, "2 computers");
    await expect(cells(page, "Logons", "name")).toHaveText(["PC-1", "PC-2"]);
    await expect(page.getByRole("link", { name: "Remove filter Account: bert" })).toBeVisible();
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expect(page.getByRole("link", { name: "Remove filter Account: bert" })).toHaveCount(0);
    await page.getByLabel("Group by").selectOption("account");
    await expectRows(page, "3 accounts");
  });

  await test.step("a search, an order and every file are the API's", async () => {
    await page.getByLabel("Search account or computer").fill("PC-1");
    await expectRows(page, "2 accounts");
    await page.getByRole("columnheader", { name: "Account" }).getByRole("link").click();
    await expect(cells(page, "Logons", "name").last()).toHaveText("bert");
    await expectExport(page, "Export", "logons", {
      Account: "userName",
      Logons: "logons",
      Unlocks: "unlocks",
      Computers: "computers",
      "New computers": "newComputers",
    });
    const columns = { Weekday: "weekday", Hour: "hour", Logons: "logons" };
    await expectExport(page, "Export logons by hour of the week", "logon-hours", columns, [
      "group_by",
      "sort",
    ]);
    expect(await printed(page, "Export")).toContain("bert");
  });

  await test.step("the inactive stand in a list of their own, with its own file", async () => {
    await page.getByRole("link", { name: "Inactive", exact: true }).click();
    await expectRows(page, "0 accounts");
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expectRows(page, "1 account");
    await expect(cells(page, "Inactive accounts", "name")).toHaveText(["gone"]);
    await expectExport(page, "Export", "inactive", { Account: "userName", "Days inactive": "days" }, [
      "view",
    ]);
    await expectMessageAccessible(page, "Export finished");
    await expectAccessible(page);
    await page.getByLabel("Show", { exact: true }).selectOption("computer");
    await expect(cells(page, "Inactive computers", "name")).toHaveText(["OLD"]);
    await page.getByLabel("Not seen for").selectOption("90");
    await expect(page.getByText("All computers were seen in the last 90 days")).toBeVisible();
    await page.getByRole("link", { name: "Logons", exact: true }).last().click();
    await expectRows(page, "3 accounts");
  });

  await test.step("on a phone and in the light nothing overflows, and empty lists say what to do", async () => {
    await page.evaluate(() => localStorage.setItem("winauthmon:theme", "light"));
    await page.goto("/all/logons?group_by=site");
    await expectRows(page, "1 site");
    await expectAccessible(page);
    await expectFit(page);
    await page.goto("/1/logons?view=inactive&days=7");
    await expect(page.getByRole("table", { name: "Inactive accounts" })).toBeVisible();
    await expectFit(page);
    await page.goto("/1/logons?q=nobody-at-all&range=today&site=x");
    await expect(page.getByText("No logons match these filters")).toBeVisible();
    await expect(page.getByText("wasn't understood and was left out: site")).toBeVisible();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page.getByText("No logons in this period")).toBeVisible();
    await expectAccessible(page);
  });
  expect(complaints).toEqual([]);
  await page.context().close();
});
