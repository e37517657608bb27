import { expect, expectAccessible, giveCredentials, test } from "../support/journey";
import { complaintsOf } from "../support/complaints";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents } from "../support/posted-events";

let server: OwnServer;

test.beforeAll(async () => {
  server = await startReadyServer({ PUBLIC_URL: "https://portal.example.com/" });
  await postEvents(server.url, API_KEY, [
    { EventType: "Logon", UserName: "anna", ComputerName: "PC-1", Timestamp: new Date().toISOString() },
  ]);
});
test.afterAll(() => server?.stop());

test("the API is read about, tried with one's session and copied as a line for the shell", async ({
  browser,
}) => {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto("/api-docs");
  await giveCredentials(page);
  await expect(page.getByRole("heading", { name: "API", level: 1 })).toBeVisible();
  const card = page.locator("#getAccounts");
  // The API's own words are the same in every language.
  const parameter = (name: string) => card.getByLabel(name, { exact: true });

  await test.step("every operation of the document is on the page", async () => {
    const answer = await page.request.get("/api/v1/openapi.json");
    const document = (await answer.json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(ids.length).toBeGreaterThan(14);
    for (const id of ids) await expect(page.locator(`#${id}`)).toHaveCount(1);
    await page.getByRole("navigation", { name: "Operations" }).locator("a[href='#getAccounts']").click();
    await expect(page).toHaveURL(/#getAccounts$/);
  });

  await test.step("Try it asks with the session and shows the answer, a refusal as well", async () => {
    await card.locator("summary", { hasText: "Try it" }).click();
    await expect(parameter("company")).toHaveValue("1");
    await card.getByRole("button", { name: "Send" }).click();
    await expect(card.getByText(/^Status 200, /)).toBeVisible();
    await expect(card.getByRole("region", { name: "response of Accounts" })).toContainText(
      '"userName": "anna"',
    );
    await parameter("site").fill("first");
    await card.getByRole("button", { name: "Send" }).click();
    await expect(card.getByText(/^Status 400, /)).toBeVisible();
    await expect(card.getByRole("region", { name: "response of Accounts" })).toContainText('"field": "site"');
    await parameter("site").fill("");
  });

  await test.step("a file is downloaded", async () => {
    await parameter("format").selectOption("csv");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      card.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^accounts_.*\.csv$/);
    await parameter("format").selectOption("json");
  });

  await test.step("the line for the shell follows what is filled in, and is copied", async () => {
    await parameter("q").fill("anna");
    await card.getByRole("button", { name: "Copy curl command: Accounts" }).click();
    const line = await page.evaluate(() => navigator.clipboard.readText());
    expect(line).toContain(`https://portal.example.com/api/v1/accounts?company=1&format=json&q=anna`);
    expect(line).toContain('-H "X-API-Key: $WINAUTHMON_KEY"');
  });

  await test.step("parameters and answers are told, and nothing overflows on a phone", async () => {
    await card.locator("summary", { hasText: "Parameters" }).click();
    await expect(card.getByRole("table", { name: "Parameters of Accounts" })).toContainText("presence");
    await card.locator("summary", { hasText: "Response" }).click();
    await expect(card.getByRole("table", { name: "Response of Accounts" })).toContainText("lastComputerName");
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.evaluate(() => localStorage.setItem("winauthmon:theme", "light"));
    await page.reload();
    await expect(card.getByRole("heading", { level: 3 })).toBeVisible();
    await expectAccessible(page);
  });
  const others = complaints.filter((text) => !text.includes("400"));
  expect(others).toEqual([]);
  await context.close();
});
