import { connect, type RawSql } from "@/db/client";
import { expect, expectAccessible, expectFit, signedIn, test, wordsOf, type Page } from "../support/journey";
import { startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";
import { postEvents } from "../support/posted-events";

let portal: PopulatedPortal;
let sql: RawSql;

test.beforeAll(async () => {
  portal = await startPopulatedPortal({ REPORT_WAIT_SECONDS: "600" });
  sql = connect(portal.databaseUrl, { max: 2 });
  for (const key of [portal.own.key, portal.other.key]) {
    const at = new Date(Date.now() - 3_600_000).toISOString();
    const event = { EventType: "Logon", UserName: "anna", ComputerName: "PC-1", Timestamp: at };
    await postEvents(portal.server.url, key, [event]);
  }
});
test.afterAll(async () => {
  await sql?.end();
  await portal?.stop();
});

/** Holds what Time Spent reads first, until the returned function is called. */
async function holdReports(): Promise<() => Promise<void>> {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  let isHeld!: () => void;
  const held = new Promise<void>((resolve) => (isHeld = resolve));
  const holding = sql.begin(async (tx) => {
    await tx`lock table computers in access exclusive mode`;
    isHeld();
    await released;
  });
  await held;
  return async () => {
    release();
    await holding;
  };
}

/** Asks for reports as the page's user without waiting for the answers, and notes their statuses as they come. */
async function askForReports(page: Page, count: number): Promise<number[]> {
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const statuses: number[] = [];
  for (let at = 0; at < count; at += 1) {
    // Not by the browser, which opens few connections to one address.
    void fetch(`${portal.server.url}/api/v1/reports/time-spent?company=${portal.own.id}`, {
      headers: { cookie },
    }).then(async (answer) => {
      statuses.push(answer.status);
      await answer.text();
    });
  }
  return statuses;
}

async function waitingFor(count: number): Promise<void> {
  await expect
    .poll(async () => {
      const rows = await sql`select 1 from pg_stat_activity where application_name = 'winauthmon reports'
        and wait_event_type = 'Lock'`;
      return rows.length;
    })
    .toBe(count);
}

test("a reader of too many reports is told so on the page and in the export, and others go on", async ({
  browser,
}) => {
  const page = await signedIn(browser, portal.server.url, "user");
  const other = await signedIn(browser, portal.server.url, "outsider");
  await page.goto(`/${portal.own.id}/time-spent`);
  const release = await holdReports();
  try {
    const begun = await askForReports(page, 2);
    await waitingFor(2);

    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "Excel" }).click();
    const message = page.locator("[data-sonner-toast]");
    await expect(message).toContainText("Waiting: next in the queue.");

    const waiting = await askForReports(page, 8);
    await expect.poll(() => waiting).toEqual([429]);
    const refused = await page.context().newPage();
    await refused.goto(`/${portal.own.id}/logons`);
    await expect(refused.getByText("Too many reports are running")).toBeVisible();
    await expectAccessible(refused);
    await expectFit(refused);
    await expect(refused.getByRole("heading", { level: 1 })).toHaveText("Logons");

    await other.goto(`/${portal.other.id}/logons`);
    await expect(other.getByRole("rowheader", { name: "anna" }).first()).toBeVisible();
    await other.goto("/profile");
    await expect(other.getByRole("heading", { level: 1 })).toBeVisible();
    expect([begun, waiting]).toEqual([[], [429]]);

    await release();
    await expect(message).toContainText("Export finished");
    await refused.getByRole("button", { name: "Try again" }).click();
    await expect(refused.getByRole("rowheader", { name: "anna" }).first()).toBeVisible();
    await expect.poll(() => [...begun, ...waiting].filter((status) => status === 200).length).toBe(9);
  } finally {
    await release();
  }
});

test("an export that finds no place can be tried again", async ({ browser }) => {
  const page = await signedIn(browser, portal.server.url, "user");
  await page.goto(`/${portal.own.id}/logons`);
  let isBusy = true;
  await page.route(/\/api\/v1\/reports\/.*format=csv/, async (route) => {
    if (!isBusy) return route.continue();
    isBusy = false;
    const body = JSON.stringify({
      message: wordsOf("Too many reports and exports are waiting. Try again in a moment."),
    });
    return route.fulfill({
      status: 429,
      headers: { "Retry-After": "10" },
      contentType: "application/json",
      body,
    });
  });
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("menuitem", { name: "CSV" }).click();
  await expect(page.getByText("Couldn't start the export")).toBeVisible();
  await expect(page.getByText("Too many reports and exports are waiting.")).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Try again" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^logons_.*\.csv$/);
});
