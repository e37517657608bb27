import { csvText } from "@/lib/domain/reports/csv-text";
import type { CellValue, ColumnHead, RowBatches } from "@/lib/domain/reports/report-table";
import type { IanaZone } from "@/lib/domain/zones";
import { cellText, offsetText } from "./cell-text";

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
  columns: readonly ColumnHead[],
  lines: AsyncIterable<string>,
  { hasByteOrderMark }: { hasByteOrderMark: boolean },
): AsyncGenerator<string> {
  const headers = columns.flatMap(({ header, kind }) =>
    kind === "seconds" ? [header, `${header} (seconds)`] : [header],
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
  columns: readonly ColumnHead[],
  batches: RowBatches,
  zone: IanaZone,
): AsyncGenerator<string> {
  for await (const batch of batches) {
    let text = "";
    for (const cells of batch)
      text += csvLine(columns.flatMap((column, at) => csvCells(column, cells[at], zone)));
    yield text;
  }
}

function csvCells(
  { kind }: ColumnHead,
  value: CellValue | undefined,
  zone: IanaZone,
): (string | number | null)[] {
  if (kind === "seconds") {
    return typeof value === "number" ? [cellText(kind, value, zone), value] : [null, null];
  }
  if (kind === "instant" && typeof value === "number") return [offsetText(value, zone)];
  if (kind === "decimal") return [cellText(kind, value, zone)];
  return [typeof value === "number" ? value : cellText(kind, value, zone)];
}
