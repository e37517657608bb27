import ExcelJS from "exceljs";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { read, utils } from "xlsx";
import type { PlainCells } from "@/lib/domain/reports/report-table";
import { localText } from "@/lib/export/cell-text";
import { writeXlsx } from "@/lib/export/xlsx";
import { bytesOf, inBatches, SAMPLE_COLUMNS, SAMPLE_HEADING, TRICKY_NAMES } from "../../support/sample-table";

// Summer, winter and the hour that comes twice.
const INSTANTS = [
  "2026-07-01T08:00:00Z",
  "2026-01-15T23:59:59.250Z",
  "2026-10-25T00:30:00Z",
  "2026-10-25T01:30:00Z",
];
const ROWS: PlainCells[] = [
  ...TRICKY_NAMES.map((name, at): PlainCells => [
    name,
    at,
    at * 3_661,
    Date.parse(INSTANTS[at % 4]!),
    "2026-02-28",
    at % 2 === 0,
  ]),
  ["nothing", null, null, null, null, undefined],
  ["long", -3, 1_000_000, Date.parse(INSTANTS[0]!), "2024-02-29", false],
];
const ON_THE_WALL = [
  "2026-07-01T10:00:00.000",
  "2026-01-16T00:59:59.000",
  "2026-10-25T02:30:00.000",
  "2026-10-25T02:30:00.000",
];

async function open(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer as ExcelJS.Buffer);
  return book;
}

const write = (rows: readonly PlainCells[], rowsPerSheet?: number) =>
  bytesOf(writeXlsx(SAMPLE_HEADING, SAMPLE_COLUMNS, inBatches(rows, 5), { rowsPerSheet }));

/** Undoes the escapes of ECMA-376's ST_Xstring, which Excel does and this library leaves to its user. */
const unescaped = (value: unknown) =>
  String(value ?? "").replaceAll(/_x([0-9A-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

const dayFraction = (value: unknown) =>
  value instanceof Date ? value.getTime() / 86_400_000 + 25_569 : value;

describe("an Excel file, opened by another library", () => {
  it("reads the same in SheetJS", async () => {
    const book = read(await write(ROWS));
    const rows = utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 });
    expect(rows).toHaveLength(ROWS.length + 1);
    ROWS.forEach(([name, count], index) => {
      expect([rows[index + 1]![0] ?? "", rows[index + 1]![1] ?? null]).toEqual([name, count]);
    });
  });

  it("shows an instant to the second that PDF and screens show, whatever part of the next has passed", async () => {
    const seconds = [
      "2026-07-01T08:00:00",
      "2026-01-15T22:59:59",
      "2026-12-31T22:59:59",
      "2024-02-29T22:59:59",
      "1969-12-31T23:59:58",
    ];
    const parts = [".000", ".001", ".499", ".500", ".501", ".600", ".999"];
    const instants = seconds.flatMap((second) => parts.map((part) => Date.parse(`${second}${part}Z`)));
    for (let n = 0; n < 2_000; n += 1) instants.push(1_600_000_000_000 + n * 86_413_337);
    const book = read(await write(instants.map((at): PlainCells => ["a", 1, 1, at, "2026-01-01", true])));
    const rows = utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1, raw: false });
    expect(rows.slice(1).map((row) => row[3])).toEqual(
      instants.map((at) => localText(at, SAMPLE_HEADING.zone)),
    );
  });

  it("has every value in a cell of its type", async () => {
    const sheet = (await open(await write(ROWS))).worksheets[0]!;
    expect(sheet.getRow(1).values).toEqual([undefined, "Name", "Count", "Spent", "At", "Day", "New"]);
    ROWS.forEach(([name, count, seconds, at, date, isNew], index) => {
      const cell = (column: number) => sheet.getRow(index + 2).getCell(column);
      const wall =
        typeof at === "number"
          ? ON_THE_WALL[INSTANTS.indexOf(new Date(at).toISOString().replace(".000Z", "Z"))]
          : null;
      expect({
        name: unescaped(cell(1).value),
        count: cell(2).value,
        seconds: cell(3).value === null ? null : Math.round(Number(dayFraction(cell(3).value)) * 86_400),
        at:
          cell(4).value instanceof Date ? (cell(4).value as Date).toISOString().slice(0, -1) : cell(4).value,
        date:
          cell(5).value instanceof Date ? (cell(5).value as Date).toISOString().slice(0, 10) : cell(5).value,
        isNew: cell(6).value,
      }).toEqual({ name, count, seconds, at: wall, date, isNew: isNew ?? null });
    });
    expect(sheet.getCell("C2").numFmt).toBe("[h]:mm:ss");
  });

  it("keeps the header in view, gives every column a width and filter arrows", async () => {
    const sheet = (await open(await write(ROWS))).worksheets[0]!;
    expect(sheet.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
    expect(sheet.autoFilter).toBe(`A1:F${ROWS.length + 1}`);
    for (const column of sheet.columns) expect(column.width).toBeGreaterThanOrEqual(8);
  });

  it("tells company, range, filters and zone on its last sheet", async () => {
    const about = (await open(await write(ROWS))).worksheets.at(-1)!;
    const lines = Object.fromEntries(
      about
        .getSheetValues()
        .slice(1)
        .map((row) => (row as unknown[]).slice(1) as [string, string]),
    );
    expect(about.name).toBe("About");
    expect(lines).toEqual({
      Report: "Sample",
      Company: "Çelik & Söhne <GmbH>",
      Period: "2026-07-01 00:00 to 2026-07-03 00:00",
      Filters: "Site: Madrid; Search: a&b",
      "Time zone": "Europe/Madrid",
      Created: "2026-07-03 12:00",
      Rows: String(ROWS.length),
    });
  });

  it("holds no formula, and text that would be one if typed in again is marked as text", async () => {
    const files = unzipSync(await write(ROWS));
    const xml = strFromU8(files["xl/worksheets/sheet1.xml"]!);
    expect(xml).not.toContain("<f>");
    expect(xml).toContain('<c r="A2" s="6" t="inlineStr">');
    expect(strFromU8(files["xl/styles.xml"]!)).toContain('quotePrefix="1"');
  });

  it("begins a further sheet, with headers, where one is full, and loses no row", async () => {
    const rows = Array.from({ length: 23 }, (_, at): PlainCells => [`row ${at}`, at, at, null, null, null]);
    const sheets = (await open(await write(rows, 11))).worksheets;
    expect(sheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ["Sample", 11],
      ["Sample 2", 11],
      ["Sample 3", 4],
      ["About", 7],
    ]);
    const counts = sheets.slice(0, -1).flatMap((sheet) => {
      expect(sheet.getRow(1).getCell(2).value).toBe("Count");
      expect(sheet.views[0]).toMatchObject({ state: "frozen" });
      return sheet.getColumn(2).values.slice(2);
    });
    expect(counts).toEqual(rows.map((row) => row[1]));
  });

  it("ends with the totals in bold, typed and outside the filter", async () => {
    const totals = () => [["Total", 9, 27_900, null, null, null] as PlainCells];
    const rows = Array.from({ length: 4 }, (_, at): PlainCells => [`row ${at}`, at, at, null, null, null]);
    const chunks = writeXlsx(SAMPLE_HEADING, SAMPLE_COLUMNS, inBatches(rows, 5), { totals });
    const sheet = (await open(await bytesOf(chunks))).worksheets[0]!;
    const last = sheet.getRow(6);
    expect([last.getCell(1).value, last.getCell(2).value]).toEqual(["Total", 9]);
    expect(Math.round(Number(dayFraction(last.getCell(3).value)) * 86_400)).toBe(27_900);
    expect(last.getCell(3).numFmt).toBe("[h]:mm:ss");
    expect([1, 2, 3].map((column) => last.getCell(column).font?.bold)).toEqual([true, true, true]);
    expect(sheet.autoFilter).toBe("A1:F5");
  });

  it("gives the totals a sheet of their own where the last one is full", async () => {
    const totals = () => [["Total", 9, 0, null, null, null] as PlainCells];
    const rows = Array.from({ length: 10 }, (_, at): PlainCells => [`row ${at}`, at, at, null, null, null]);
    const options = { totals, rowsPerSheet: 11 };
    const book = await open(
      await bytesOf(writeXlsx(SAMPLE_HEADING, SAMPLE_COLUMNS, inBatches(rows, 5), options)),
    );
    expect(book.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ["Sample", 11],
      ["Sample 2", 2],
      ["About", 7],
    ]);
  });

  it("has hours with two places as numbers", async () => {
    const columns = [{ id: "hours", header: "Hours", kind: "decimal" as const }];
    const sheet = (await open(await bytesOf(writeXlsx(SAMPLE_HEADING, columns, inBatches([[7.75]], 1)))))
      .worksheets[0]!;
    expect(sheet.getCell("A2").value).toBe(7.75);
    expect(sheet.getCell("A2").numFmt).toBe("0.00");
  });

  it("opens without rows too", async () => {
    const sheet = (await open(await write([]))).worksheets[0]!;
    expect(sheet.rowCount).toBe(1);
  });
});
