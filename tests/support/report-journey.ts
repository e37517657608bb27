import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { expect, isTextOf, wordsOf, type Page } from "./journey";

type ApiRow = Record<string, string | number | null>;

/** The API's rows for the filters of the screen; `without` are words of the address that the report does not know. */
export async function rowsOfApi(
  page: Page,
  report: string,
  without: readonly string[] = [],
): Promise<ApiRow[]> {
  const query = new URL(page.url()).searchParams;
  for (const name of without) query.delete(name);
  query.set("company", "1");
  const answer = await page.request.get(`/api/v1/reports/${report}?${query}`);
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { rows: ApiRow[] }).rows;
}

/** The cell below the header, which is given in English. */
export function cellOf(row: Record<string, string>, header: string): string | undefined {
  return Object.entries(row).find(([name]) => isTextOf(name, header))?.[1];
}

/** Takes the table behind the export button away as CSV. */
export async function downloadCsv(page: Page, button = "Export") {
  await page.getByRole("button", { name: button, exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV" }).click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  return { name: file.suggestedFilename(), rows };
}

/** Takes a table away as CSV and compares the columns named, by header and by the API's name. */
export async function expectExport(
  page: Page,
  button: string,
  report: string,
  columns: Record<string, string>,
  without: readonly string[] = [],
): Promise<void> {
  const rows = await rowsOfApi(page, report, without);
  const { name, rows: found } = await downloadCsv(page, button);
  expect(name).toContain(report);
  const words = (value: string | number | null | undefined) => String(value ?? "");
  // A cell that could run as a formula has an apostrophe before it.
  const plain = (cell: string | undefined) => words(cell).replace(/^'(?=[=+\-@])/, "");
  expect(found.map((row) => Object.keys(columns).map((header) => plain(cellOf(row, header))))).toEqual(
    rows.map((row) => Object.values(columns).map((id) => wordsOf(words(row[id])))),
  );
  expect(found.length).toBeGreaterThan(0);
}

/** The print view of the table behind an export button, as text. */
export async function printed(page: Page, button: string): Promise<string> {
  await page.getByRole("button", { name: button, exact: true }).click();
  const address = await page.getByRole("menuitem", { name: "Print view" }).getAttribute("href");
  await page.keyboard.press("Escape");
  const view = await page.context().newPage();
  await view.goto(address!);
  const text = await view.getByRole("table").innerText();
  await view.close();
  return text;
}

/** The cells of a column of a list, by the id of the column. */
export function cells(page: Page, table: string, column: string) {
  return page.getByRole("table", { name: table, exact: true }).locator(`tbody [data-column=${column}]`);
}
