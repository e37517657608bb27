import type { CellValue, ColumnHead, RowBatches } from "@/lib/domain/reports/report-table";
import type { IanaZone } from "@/lib/domain/zones";
import { cellText, offsetText } from "./cell-text";

/** What a spreadsheet would take for a formula when a cell begins with it. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** Tells a spreadsheet that the text is UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** One cell: quoted where it must be, and with a leading apostrophe where a spreadsheet would run it as a formula. */
export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line with the line end that RFC 4180 asks for. */
export function csvLine(values: readonly (string | number | null | undefined)[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

/**
 * The rows under one line of headers, written while they come: instants with the zone's offset, each duration as
 * HH:MM:SS and, in a column of its own behind it, as seconds.
 */
export async function* writeCsv(
  columns: readonly ColumnHead[],
  batches: RowBatches,
  { zone, hasByteOrderMark }: { zone: IanaZone; hasByteOrderMark: boolean },
): AsyncGenerator<string> {
  const headers = columns.flatMap(({ header, kind }) =>
    kind === "seconds" ? [header, `${header} (seconds)`] : [header],
  );
  let text = `${hasByteOrderMark ? BYTE_ORDER_MARK : ""}${csvLine(headers)}`;
  for await (const batch of batches) {
    for (const cells of batch)
      text += csvLine(columns.flatMap((column, at) => csvCells(column, cells[at], zone)));
    yield text;
    text = "";
  }
  if (text !== "") yield text;
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
  return [typeof value === "number" ? value : cellText(kind, value, zone)];
}
