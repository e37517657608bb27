import type { Cells, CellValue, ColumnHead, RowBatches } from "@/lib/domain/reports/report-table";

/** An instant as the read API spells it: RFC 3339 in UTC, with milliseconds only where there are any. */
export function jsonInstant(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** One row as an object: members named by column, those without a value left out. */
export function jsonRow(columns: readonly ColumnHead[], cells: Cells): Record<string, CellValue | number[]> {
  const row: Record<string, CellValue | number[]> = {};
  columns.forEach(({ id, kind }, index) => {
    const value = cells[index];
    if (value === undefined) return;
    if (kind === "numbers")
      row[id] = String(value ?? "")
        .split(" ")
        .filter(Boolean)
        .map(Number);
    else row[id] = kind === "instant" && typeof value === "number" ? jsonInstant(value) : value;
  });
  return row;
}

/** `{…heading,"rows":[…]}`, written while the rows come. */
export async function* writeJson(
  heading: object,
  columns: readonly ColumnHead[],
  batches: RowBatches,
): AsyncGenerator<string> {
  let text = `${JSON.stringify(heading).slice(0, -1)},"rows":[`;
  let isFirst = true;
  for await (const batch of batches) {
    for (const cells of batch) {
      text += `${isFirst ? "" : ","}${JSON.stringify(jsonRow(columns, cells))}`;
      isFirst = false;
    }
    yield text;
    text = "";
  }
  yield `${text}]}`;
}
