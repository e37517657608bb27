import { nameKey } from "../events/wire";
import { sortIdOf } from "./columns";
import type { CellValue, ReportColumn } from "./report-table";

/**
 * How to put rows into the order of a word: a column, with - before it the other way round. Texts compare without
 * regard to case; unknown values come last either way. Null for no word: the rows stay as they are, as equal ones do.
 */
export function rowOrder<Row>(
  word: string | undefined,
  columns: readonly ReportColumn<Row>[],
): ((a: Row, b: Row) => number) | null {
  if (word === undefined) return null;
  const isDescending = word.startsWith("-");
  const id = isDescending ? word.slice(1) : word;
  const column = columns.find((candidate) => sortIdOf(candidate) === id);
  if (column === undefined) throw new Error(`No column sorts by "${id}".`);
  const keys = new Map<Row, CellValue>();
  const keyOf = (row: Row): CellValue => {
    let key = keys.get(row);
    if (key === undefined) {
      const value = column.value(row) ?? null;
      keys.set(row, (key = typeof value === "string" ? nameKey(value) : value));
    }
    return key;
  };
  return (a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (left === right) return 0;
    if (left === null || right === null) return left === null ? 1 : -1;
    return (left < right ? -1 : 1) * (isDescending ? -1 : 1);
  };
}
