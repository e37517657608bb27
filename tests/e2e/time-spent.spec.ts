import { expect, expectAccessible, expectFit, expectRows, signedIn, test, wordsOf } from "../support/journey";
import { complaintsOf } from "../support/complaints";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { cellOf, cells, downloadCsv, rowsOfApi } from "../support/report-journey";
import { eventBack as event, postEvents } from "../support/posted-events";

let server: OwnServer;

const EVENTS = [
  event("Logon", "anna", "PC-1", 2, "08:00:00"),
  event("Lock", "anna", "PC-1", 2, "10:00:00"),
  event("Unlock", "anna", "PC-1", 2, "10:30:00"),
  event("Logon", "anna", "RDS", 2, "11:00:00"),
  event("Shutdown", "SYSTEM", "RDS", 2, "13:30:15"),
  event("Logoff", "anna", "PC-1", 2, "12:00:00"),
  event("Logon", "anna", "PC-1", 1, "22:00:00"),
  event("Logon", "anna", "PC-1", 1, "23:00:00"),
  event("Logoff", "anna", "PC-1", 1, "23:30:00"),
  ...Array.from({ length: 130 }, (_, n) => `person.${String(n).padStart(3, "0")}`).flatMap((user) => [
    event("Logon", user, "PC-2", 1, "09:00:00"),
    event("Logoff", user, "PC-2", 1, "09:20:00"),
  ]),
];

test.beforeAll(async () => {
  server = await startReadyServer();
  await postEvents(server.url, API_KEY, EVENTS);
});
test.afterAll(() => server?.stop());

const LIST = "Time spent";

test("the hours of a company are found, filtered, traced to their events and taken away as a file", async ({
  browser,
}) => {
  const page = await signedIn(browser, server.url, undefined, { viewport: { width: 1280, height: 900 } });
  const complaints = complaintsOf(page);
  await page.goto("/");
  await page.getByRole("link", { name: "Time spent", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "Time spent", level: 1 })).toBeVisible();
  await expectRows(page, "132 rows");
  await expectAccessible(page);

  await test.step("pages stand in the address", async () => {
    await expect(cells(page, LIST, "userName")).toHaveCount(100);
    await page.getByRole("link", { name: "Next", exact: true }).click();
    await expect(cells(page, LIST, "userName")).toHaveCount(32);
    expect(new URL(page.url()).searchParams.get("page")).toBe("2");
  });

  await test.step("a search finds an account and begins at the first page", async () => {
    await page.getByLabel("Search account").fill("ANNA");
    await expectRows(page, "2 rows");
    expect(new URL(page.url()).searchParams.get("page")).toBeNull();
    await expect(cells(page, LIST, "activeSeconds")).toHaveText(["30 min", "5 h 0 min"]);
    await expect(cells(page, LIST, "lockedSeconds")).toHaveText([/–/, "30 min"]);
    await expect(cells(page, LIST, "uncertainSeconds")).toHaveText(["1 h 0 min", /–/]);
    await expect(page.locator("tfoot [data-column=activeSeconds]")).toHaveText("5 h 30 min");
  });

  await test.step("a bar of the chart tells its day when pointed at, and the table says the same", async () => {
    const chart = page.getByRole("figure", { name: "Hours per day" });
    // A picture stands there until the user points at it.
    await chart.getByRole("img", { name: "Hours per day" }).hover();
    await chart.locator(".recharts-surface").first().waitFor();
    const box = (await chart.locator(".recharts-surface").first().boundingBox())!;
    // Two days ago is the fifth of seven bars, right of the axis.
    await page.mouse.move(box.x + 40 + ((box.width - 44) * 4.5) / 7, box.y + box.height / 2);
    await expect(chart.locator(".recharts-tooltip-wrapper")).toContainText("Active5 h 0 min");
    await chart.getByRole("button", { name: "Show table" }).click();
    await expect(chart.getByRole("row").filter({ hasText: "5 h 0 min" })).toBeVisible();
    await chart.getByRole("button", { name: "Show chart" }).click();
  });

  await test.step("a chart reached by key has the focus, and its bars are walked through by arrow keys", async () => {
    const chart = page.getByRole("figure", { name: "Hours per day" });
    // The mouse may be over the chart now.
    await page.mouse.move(0, 0);
    await page.reload();
    await chart.getByRole("img", { name: "Hours per day" }).focus();
    await expect(chart.getByRole("application")).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(chart.locator(".recharts-tooltip-wrapper")).toContainText("Active");
  });

  await test.step("rows by computer, sorted, are the API's for the same address", async () => {
    await page.getByLabel("Group by").selectOption("user_computer");
    await expectRows(page, "3 rows");
    await page.getByRole("columnheader", { name: "Time spent" }).getByRole("link").click();
    await expect(cells(page, LIST, "computerName")).toHaveText(["PC-1", "RDS", "PC-1"]);
    const rows = await rowsOfApi(page, "time-spent");
    expect(rows.map((row) => [row.computerName, row.activeSeconds])).toEqual([
      ["PC-1", 3.5 * 3600],
      ["RDS", 2.5 * 3600 + 15],
      ["PC-1", 1800],
    ]);
  });

  await test.step("the CSV of what the filters select says what the API says", async () => {
    const rows = await rowsOfApi(page, "time-spent");
    const file = await downloadCsv(page);
    expect(file.name).toContain("time-spent");
    const found = file.rows.map((row) => [
      ...["Date", "Account", "Computer"].map((header) => cellOf(row, header)),
      Number(cellOf(row, "Time spent (seconds)")),
    ]);
    const told = rows.map((row) => [row.date, row.userName, row.computerName, row.activeSeconds]);
    const sum = rows.reduce((total, row) => total + Number(row.activeSeconds), 0);
    expect(found).toEqual([...told, ["", wordsOf("Total of 1 account"), "", sum]]);
    const hours = file.rows.map((row) => cellOf(row, "Time spent (hours)"));
    expect(hours).toEqual(["3.50", "2.50", "0.50", "6.50"]);
  });

  await test.step("one press asks what payroll asks: last month, by user, totals", async () => {
    const before = page.url();
    await page.getByRole("link", { name: "Payroll" }).click();
    await page.waitForURL((url) => url.search === "?range=last-month&per=range");
    await expect(page.getByLabel("Rows", { exact: true })).toHaveValue("range");
    await expect(page.getByRole("button", { name: "Save view" })).toBeVisible();
    await page.goto(before);
  });

  await test.step("totals of the range lead to the account's days, and a day to its evidence", async () => {
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expectRows(page, "133 rows");
    await page.getByLabel("Rows", { exact: true }).selectOption("range");
    await expectRows(page, "132 rows");
    await page.getByLabel("Group by").selectOption("user");
    await expectRows(page, "131 rows");
    await page.getByRole("table", { name: LIST, exact: true }).getByRole("link", { name: "anna" }).click();
    await expectRows(page, "2 rows");
    await cells(page, LIST, "userName").nth(1).getByRole("link").click();
    await expect(page.getByRole("heading", { name: /^anna, / })).toBeVisible();
    const sums = page.getByRole("table", { name: "Totals for the day" });
    await expect(sums.getByRole("row", { name: /All computers/ })).toContainText("05:00:15");
    await expect(sums.getByRole("row", { name: /RDS/ })).toContainText("02:30:15");
    const stretches = page.getByRole("table", { name: "Session details" });
    await expect(stretches.getByRole("row", { name: /RDS/ })).toContainText("Shutdown");
    await expect(stretches.getByRole("link", { name: /RDS/ })).toHaveAttribute("href", /\/computers\/\d+$/);
    await expect(page.getByRole("link", { name: "Open account" })).toHaveAttribute(
      "href",
      /\/accounts\/\d+$/,
    );
    await expect(page.getByRole("table", { name: "Events of the day" }).getByRole("row")).toHaveCount(7);
    await expectAccessible(page);
    await expectFit(page);
    await page.getByRole("link", { name: "Next day" }).click();
    await expect(stretches).toContainText("so its end isn't known");
    await page.getByRole("link", { name: "Previous day" }).click();
    await expect(sums.getByRole("row", { name: /RDS/ })).toBeVisible();
    await page.getByRole("link", { name: "Previous day" }).click();
    await expect(page.getByText("No activity for anna on this day")).toBeVisible();
    await page.getByRole("link", { name: "All days" }).click();
    await expectRows(page, "2 rows");
  });

  await test.step("on a phone and in the light nothing overflows, and an empty list says what to do", async () => {
    await page.evaluate(() => localStorage.setItem("winauthmon:theme", "light"));
    await page.goto("/1/time-spent");
    await expectRows(page, "132 rows");
    await expectAccessible(page);
    await expectFit(page);
    await page.goto("/1/time-spent?q=nobody-at-all&range=today&site=x");
    await expect(page.getByText("No accounts match these filters")).toBeVisible();
    await expect(page.getByText("wasn't understood and was left out: site")).toBeVisible();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(page.getByText("No one was seen in this period")).toBeVisible();
    await page.goto("/1/time-spent/1/2026-13-01");
    await expect(page.getByText("There's no page at this address")).toBeVisible();
    await expect(page.getByRole("main")).toHaveCount(1);
  });
  expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
  await page.context().close();
});
