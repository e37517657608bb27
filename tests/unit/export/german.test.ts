import ExcelJS from "exceljs";
import { expect, it } from "vitest";
import { rollCallReport, rollCallQuery } from "@/lib/domain/reports/roll-call";
import type { RollCallRow } from "@/lib/domain/reports/roll-call-columns";
import { ianaZone } from "@/lib/domain/zones";
import { csvLines, writeCsv } from "@/lib/export/csv";
import { wordHeading } from "@/lib/export/heading";
import { fileCellWords, wordBatches, wordColumns } from "@/lib/export/word-cells";
import { writeXlsx } from "@/lib/export/xlsx";
import { readerOf } from "@/lib/texts";
import { bytesOf, inBatches } from "../../support/sample-table";

const AT = Date.parse("2026-01-05T11:00:00Z");
const zone = ianaZone("Europe/Berlin");
const reader = readerOf("de", zone);
const query = rollCallQuery.parse({ state: "locked" });
const columns = rollCallReport
  .columns(query, { isManyCompanies: false })
  .filter(({ isOptional }) => !isOptional);
const heading = wordHeading(
  {
    title: { key: rollCallReport.title },
    companyName: null,
    range: { from: AT, to: AT },
    filterWords: rollCallReport.filterWords!(query),
    zone,
    madeAt: AT,
  },
  reader,
);
const ROWS: RollCallRow[] = ["anna", "ben"].map((userName, at) => ({
  companyId: 1,
  companyName: "Acme",
  siteId: 1,
  siteName: "Köln",
  accountId: at,
  userName,
  computerId: 1,
  computerName: "PC-1",
  state: at === 0 ? "active" : "locked",
  since: AT,
}));
const words = fileCellWords(columns, zone, reader);
const cells = ROWS.map((row) => words.row(columns.map((column) => column.value(row))));
const totals = rollCallReport.totals!(ROWS, query).map((row) =>
  words.row(columns.map(({ id }) => row[id] ?? null)),
);

it("says in German all that a CSV file says, and writes instants as before", async () => {
  const lines = csvLines(columns, wordBatches(inBatches([...cells, ...totals], 10), words), heading);
  let text = "";
  for await (const piece of writeCsv(wordColumns(columns, reader), lines, {
    hasByteOrderMark: false,
    words: heading.words,
  })) {
    text += piece;
  }
  expect(text.split("\r\n")).toEqual([
    "Standort,Konto,Computer,Seit,Status",
    "Köln,anna,PC-1,2026-01-05T12:00:00+01:00,Aktiv",
    "Köln,ben,PC-1,2026-01-05T12:00:00+01:00,Gesperrt",
    "Summe für Köln,2 Konten,2 Sitzungen,,1 aktiv und 1 gesperrt",
    "Summe,2 Konten,2 Sitzungen,,1 aktiv und 1 gesperrt",
    "",
  ]);
});

it("says in German all that an Excel file says, with typed cells", async () => {
  const bytes = await bytesOf(writeXlsx(heading, wordColumns(columns, reader), inBatches(cells, 10)));
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer as ExcelJS.Buffer);
  const [sheet, about] = book.worksheets;
  expect(book.worksheets.map(({ name }) => name)).toEqual(["Anwesenheitsliste", "Info"]);
  expect(sheet!.getCell("D2").value).toBeInstanceOf(Date);
  expect(sheet!.getCell("E3").value).toBe("Gesperrt");
  expect(about!.getColumn(1).values.slice(1)).toEqual([
    "Bericht",
    "Unternehmen",
    "Zeitpunkt",
    "Filter",
    "Zeitzone",
    "Erstellt",
    "Zeilen",
  ]);
  expect(about!.getColumn(2).values.slice(1, 5)).toEqual([
    "Anwesenheitsliste",
    "Alle Unternehmen",
    "2026-01-05 12:00",
    "Status: Gesperrt",
  ]);
});
