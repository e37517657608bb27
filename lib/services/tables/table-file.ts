import type { Cells, RowBatches } from "@/lib/domain/reports/report-table";
import { MOST_PDF_ROWS, type FileFormat } from "@/lib/domain/reports/table-address";
import { csvLines, writeCsv } from "@/lib/export/csv";
import type { ExportHeading } from "@/lib/export/heading";
import { writeInWorker } from "@/lib/export/in-worker";
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
  /** Of CSV. */
  hasByteOrderMark: boolean;
  signal: AbortSignal;
}

const CONTENT_TYPE: Readonly<Record<FileFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
};

/** Every row of the table as a file. @throws AppError `invalid` where there are more rows than a PDF is made of. */
export async function openTableFile(
  table: OpenedTable,
  { format, heading, hasByteOrderMark, signal }: FileAsk,
): Promise<TableFile> {
  const contentType = CONTENT_TYPE[format];
  const { columns } = table;
  if (format === "csv") {
    return { contentType, kind: "text", pieces: writeCsv(columns, linesOf(table), { hasByteOrderMark }) };
  }
  // A PDF needs all its rows at once, so counting them first costs nothing.
  const gathered = format === "pdf" ? await gatherRows(table.batches()) : null;
  const batches = gathered ? oneBatch(gathered) : table.batches();
  const pieces = writeInWorker({ format, heading, columns }, batches, { signal, totals: table.totals });
  return { contentType, kind: "binary", pieces, rowCount: gathered?.length };
}

async function* linesOf({ columns, zone, lines, batches, totals }: OpenedTable): AsyncGenerator<string> {
  yield* lines?.(columns) ?? csvLines(columns, batches(), zone);
  const last = totals?.() ?? [];
  if (last.length > 0) yield* csvLines(columns, oneBatch(last), zone);
}

async function gatherRows(batches: RowBatches): Promise<Cells[]> {
  const rows: Cells[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > MOST_PDF_ROWS) {
      const most = MOST_PDF_ROWS.toLocaleString("en");
      const message = `pdf holds at most ${most} rows, and these filters select more; choose csv or xlsx, or a shorter range`;
      throw invalid([{ field: "format", message }]);
    }
  }
  return rows;
}

async function* oneBatch(rows: readonly Cells[]): RowBatches {
  yield rows;
}
