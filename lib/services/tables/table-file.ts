import type { Cells, PlainCells, RowBatches } from "@/lib/domain/reports/report-table";
import { MOST_PDF_ROWS, type FileFormat } from "@/lib/domain/reports/table-address";
import type { Reader } from "@/lib/domain/text";
import { csvLines, writeCsv } from "@/lib/export/csv";
import type { ExportHeading } from "@/lib/export/heading";
import { writeInWorker } from "@/lib/export/in-worker";
import { fileCellWords, wordBatches, wordColumns, type CellWords } from "@/lib/export/word-cells";
import { invalid } from "./parse-params";
import type { OpenedTable } from "./table-source";

/** A file in progress; its pieces are created while they are read. */
export type TableFile = { contentType: string } & (
  | { kind: "text"; pieces: AsyncGenerator<string> }
  /** Written whole by a thread of its own; `rowCount` where it is known before. */
  | { kind: "binary"; pieces: AsyncGenerator<Uint8Array>; rowCount: number | undefined }
);

interface FileAsk {
  format: FileFormat;
  heading: ExportHeading;
  /** For whom texts are worded. */
  reader: Reader;
  /** Of CSV. */
  hasByteOrderMark: boolean;
  signal: AbortSignal;
}

const CONTENT_TYPE: Readonly<Record<FileFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
};

/** Every row of the table as a file in the language of its reader. @throws AppError `invalid` where there are more rows than a PDF is made of. */
export async function openTableFile(
  table: OpenedTable,
  { format, heading, reader, hasByteOrderMark, signal }: FileAsk,
): Promise<TableFile> {
  const contentType = CONTENT_TYPE[format];
  const columns = wordColumns(table.columns, reader);
  const words = fileCellWords(table.columns, table.zone, reader);
  const totals = () => (table.totals?.() ?? []).map((cells) => words.row(cells));
  if (format === "csv") {
    const lines = linesOf(table, { heading, reader, words, totals });
    const pieces = writeCsv(columns, lines, { hasByteOrderMark, words: heading.words });
    return { contentType, kind: "text", pieces };
  }
  // A PDF needs all its rows at once, so counting them first costs nothing.
  const gathered = format === "pdf" ? await gatherRows(table.batches()) : null;
  const batches = wordBatches(gathered ? oneBatch(gathered) : table.batches(), words);
  const pieces = writeInWorker({ format, heading, columns }, batches, { signal, totals });
  return { contentType, kind: "binary", pieces, rowCount: gathered?.length };
}

interface LinesAsk {
  heading: ExportHeading;
  reader: Reader;
  words: CellWords;
  totals: () => readonly PlainCells[];
}

async function* linesOf(
  { columns, lines, batches }: OpenedTable,
  { heading, reader, words, totals }: LinesAsk,
): AsyncGenerator<string> {
  yield* lines?.(columns, reader) ?? csvLines(columns, wordBatches(batches(), words), heading);
  const last = totals();
  if (last.length > 0) yield* csvLines(columns, oneBatch(last), heading);
}

async function gatherRows(batches: RowBatches): Promise<Cells[]> {
  const rows: Cells[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > MOST_PDF_ROWS) {
      throw invalid([
        { field: "format", message: { key: "files.tooManyForPdf", values: { max: MOST_PDF_ROWS } } },
      ]);
    }
  }
  return rows;
}

async function* oneBatch<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}
