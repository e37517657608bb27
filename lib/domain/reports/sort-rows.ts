import { nameKey } from "../events/wire";
import { sortIdOf } from "./columns";
import type { CellValue, ReportColumn } from "./report-table";

type SortKey = string | number | boolean | null;

/** A text is known by its key here: a column that holds some should say its order. */
function sortKeyOf(value: CellValue): SortKey {
  if (typeof value === "string") return nameKey(value);
  return typeof value === "object" && value !== null ? value.key : value;
}

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
  const keys = new Map<Row, SortKey>();
  const keyOf = (row: Row): SortKey => {
    let key = keys.get(row);
    if (key === undefined) {
      const value = (column.order ?? column.value)(row) ?? null;
      keys.set(row, (key = sortKeyOf(value)));
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
