import ExcelJS from "exceljs";
import { expect, expectAccessible, expectFit, signedIn, test } from "../support/journey";
import { API_KEY, PASSWORD, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents } from "../support/posted-events";

let server: OwnServer;

test.beforeAll(async () => {
  server = await startReadyServer();
  const at = new Date(Date.now() - 60_000).toISOString();
  await postEvents(server.url, API_KEY, [
    { EventType: "Logon", UserName: "anna", ComputerName: "PC-1", Timestamp: at },
  ]);
});
test.afterAll(() => server?.stop());

test("who chooses German in the profile reads German everywhere they sign in", async ({ browser }) => {
  const page = await signedIn(browser, server.url);
  await page.goto("/profile");
  await page.getByLabel("Language").selectOption("Deutsch");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Profil", exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("button", { name: "Speichern" })).toBeVisible();
  // The page that came with the new language is drawn before the document's own language changes.
  const main = page.getByRole("main");
  await expect(main.getByText(/\d{1,2}\. \S+ \d{4}, \d\d:\d\d:\d\d/).first()).toBeVisible();
  await expect(main.getByText(/\d{4}-\d\d-\d\d \d\d:/)).toHaveCount(0);
  await expectAccessible(page);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Nutzungszeit" })).toBeVisible();
  await expect(page.getByText("vor 1 Min.").first()).toBeVisible();
  await expectFit(page);
  const other = await signedIn(browser, server.url);
  await other.goto("/");
  await expect(other.getByRole("link", { name: "Ereignisse" }).first()).toBeVisible();
  await page.goto("/profile");
  await page.getByLabel("Sprache").selectOption("Sprache des Browsers");
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByRole("heading", { name: "Profile", exact: true })).toBeVisible();
});

test("a German browser gets German sign-in, errors and files with typed cells", async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: server.url, locale: "de-AT" })).newPage();
  await page.goto("/login");
  await expect(page.getByRole("heading", { name: "Anmelden" })).toBeVisible();
  await expectFit(page);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByText("Geben Sie Ihr Kennwort ein.")).toBeVisible();
  await page.getByLabel("Benutzername oder E-Mail-Adresse").fill("superadmin");
  await page.getByLabel("Kennwort", { exact: true }).fill("falsch");
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByText("Benutzername oder Kennwort", { exact: false })).toBeVisible();
  await page.getByLabel("Kennwort", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByRole("link", { name: "Ereignisse" }).first()).toBeVisible();
  const file = await page.evaluate(async () => {
    const answer = await fetch("/api/v1/events?company=1&format=xlsx");
    return [...new Uint8Array(await answer.arrayBuffer())];
  });
  const refused = await page.evaluate(async () => (await fetch("/api/v1/events?company=999")).json());
  expect(refused).toMatchObject({ status: "error", message: "Nicht gefunden." });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(file).buffer as ExcelJS.Buffer);
  const rows = book.worksheets[0]!.getRows(1, 20)!.map(({ values }) => values as ExcelJS.CellValue[]);
  const row = rows.find((values) => values.includes("anna"))!;
  expect(row).toContain("Anmeldung");
  expect(row.some((value) => value instanceof Date)).toBe(true);
});
