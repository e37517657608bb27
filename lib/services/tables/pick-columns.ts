import type { ColumnHead, RowBatches } from "@/lib/domain/reports/report-table";
import { invalid } from "./parse-params";
import type { OpenedTable } from "./table-source";

/**
 * The table with the columns of `columns=` in that order; without it every one, or for files all but the optional.
 *
 * @throws AppError `invalid` for a column that the table does not have.
 */
export function pickColumns(table: OpenedTable, asked: string | undefined, isFile: boolean): OpenedTable {
  const { columns } = table;
  const picked = asked === undefined ? defaultColumns(columns, isFile) : askedColumns(columns, asked);
  if (picked.length === columns.length && picked.every((column, at) => column === columns[at])) return table;
  const places = picked.map((column) => columns.indexOf(column));
  const { page, totals } = table;
  return {
    ...table,
    columns: picked,
    ...(totals && { totals: () => totals().map((cells) => places.map((place) => cells[place])) }),
    batches: () => pickCells(table.batches(), places),
    ...(page && {
      page: async () => {
        const { rows, next } = await page();
        return { rows: rows.map((cells) => places.map((place) => cells[place])), next };
      },
    }),
  };
}

function defaultColumns(columns: readonly ColumnHead[], isFile: boolean): readonly ColumnHead[] {
  return columns.filter(({ isOptional, isFileOnly }) => !(isFile ? isOptional : isFileOnly));
}

function askedColumns(columns: readonly ColumnHead[], asked: string): ColumnHead[] {
  const ids = [...new Set(asked.split(","))];
  const found = ids.map((id) => columns.find((column) => column.id === id));
  const unknown = ids.filter((_, at) => !found[at]);
  if (unknown.length > 0) {
    const choice = columns.map(({ id }) => id).join(", ");
    const message = `has no column ${unknown.map((id) => `“${id.slice(0, 40)}”`).join(", ")}; choose from ${choice}`;
    throw invalid([{ field: "columns", message }]);
  }
  return found as ColumnHead[];
}

async function* pickCells(batches: RowBatches, places: readonly number[]): RowBatches {
  for await (const batch of batches) yield batch.map((cells) => places.map((place) => cells[place]));
}
