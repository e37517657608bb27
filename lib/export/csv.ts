import { csvText } from "@/lib/domain/reports/csv-text";
import type { PlainValue, PlainBatches } from "@/lib/domain/reports/report-table";
import { cellText, offsetText, type CellStyle } from "./cell-text";
import { fillIn, type FileWords } from "./file-words";
import type { FileColumn } from "./word-cells";

/** Tells a spreadsheet that the text is UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? String(value) : csvText(value);
}

/** One line with the line end that RFC 4180 asks for. */
export function csvLine(values: readonly (string | number | null | undefined)[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

/**
 * The lines under one line of headers, written while they come. The first piece holds the first lines as well, so that
 * an error on the way to them comes before anything is written.
 */
export async function* writeCsv(
  columns: readonly FileColumn[],
  lines: AsyncIterable<string>,
  { hasByteOrderMark, words }: { hasByteOrderMark: boolean; words: Pick<FileWords, "seconds"> },
): AsyncGenerator<string> {
  const headers = columns.flatMap(({ header, kind }) =>
    kind === "seconds" ? [header, fillIn(words.seconds, { column: header })] : [header],
  );
  let head = `${hasByteOrderMark ? BYTE_ORDER_MARK : ""}${csvLine(headers)}`;
  for await (const text of lines) {
    yield head + text;
    head = "";
  }
  if (head !== "") yield head;
}

/**
 * The rows as lines, a text for each batch: instants with the zone's offset, each duration as HH:MM:SS and, in a column
 * of its own behind it, as seconds.
 */
export async function* csvLines(
  columns: readonly Pick<FileColumn, "kind">[],
  batches: PlainBatches,
  style: CellStyle,
): AsyncGenerator<string> {
  for await (const batch of batches) {
    let text = "";
    for (const cells of batch)
      text += csvLine(columns.flatMap((column, at) => csvCells(column, cells[at], style)));
    yield text;
  }
}

function csvCells(
  { kind }: Pick<FileColumn, "kind">,
  value: PlainValue | undefined,
  style: CellStyle,
): (string | number | null)[] {
  if (kind === "seconds") {
    return typeof value === "number" ? [cellText(kind, value, style), value] : [null, null];
  }
  if (kind === "instant" && typeof value === "number") return [offsetText(value, style.zone)];
  if (kind === "decimal") return [cellText(kind, value, style)];
  return [typeof value === "number" ? value : cellText(kind, value, style)];
}
