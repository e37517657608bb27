import ExcelJS from "exceljs";
import { beforeAll, describe, expect, it } from "vitest";
import type { PlainCells, PlainBatches } from "@/lib/domain/reports/report-table";
import { writeInWorker } from "@/lib/export/in-worker";
import { bundleThread } from "../../support/bundled-thread";
import { readPdf } from "../../support/pdf-text";
import { bytesOf, inBatches, SAMPLE_COLUMNS, SAMPLE_HEADING } from "../../support/sample-table";

const ROWS = Array.from({ length: 2_500 }, (_, at): PlainCells => [
  `=person ${at}`,
  at,
  at,
  null,
  "2026-07-01",
  true,
]);
const file = (format: "xlsx" | "pdf") => ({
  format,
  heading: SAMPLE_HEADING,
  columns: SAMPLE_COLUMNS,
});

let program: string;
beforeAll(async () => {
  program = await bundleThread("lib/export/export-worker-main.ts");
});

const write = (format: "xlsx" | "pdf", batches: PlainBatches, signal = new AbortController().signal) =>
  writeInWorker(file(format), batches, { signal, program });

async function cellOf(bytes: Buffer, place: string): Promise<unknown> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer as ExcelJS.Buffer);
  return book.worksheets[0]!.getCell(place).value;
}

describe("a file written by a thread of its own", () => {
  it("has every row of every batch (Excel)", async () => {
    const bytes = await bytesOf(write("xlsx", inBatches(ROWS, 1_000)));
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(new Uint8Array(bytes).buffer as ExcelJS.Buffer);
    expect(book.worksheets[0]!.getColumn(1).values.slice(2)).toEqual(ROWS.map((row) => row[0]));
  });

  it.each(["xlsx", "pdf"] as const)(
    "ends with totals that are known when all rows have come (%s)",
    async (format) => {
      let given = 0;
      const counted = (async function* (): PlainBatches {
        for await (const batch of inBatches(ROWS.slice(0, 90), 40)) {
          given += batch.length;
          yield batch;
        }
      })();
      const totals = () => [[`Total of ${given}`, null, null, null, null, null]];
      const { signal } = new AbortController();
      const bytes = await bytesOf(writeInWorker(file(format), counted, { signal, program, totals }));
      const last = format === "pdf" ? (await readPdf(bytes)).at(-1)!.texts : [await cellOf(bytes, "A92")];
      expect(last).toContain("Total of 90");
    },
  );

  it("fails when reading the rows fails, and leaves room for the next", async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const broken = (async function* (): PlainBatches {
        yield ROWS;
        throw new Error("the database has gone");
      })();
      await expect(bytesOf(write("xlsx", broken))).rejects.toThrow("the database has gone");
    }
  });

  it("stops reading rows when nobody wants the file any more", async () => {
    const gone = new AbortController();
    let batchesRead = 0;
    const endless = (async function* (): PlainBatches {
      for (;;) {
        batchesRead += 1;
        if (batchesRead === 5) gone.abort();
        yield ROWS;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    await expect(bytesOf(write("xlsx", endless, gone.signal))).rejects.toThrow(/ended before the file/);
    expect(batchesRead).toBeLessThan(20);
  });
});
