import { nameKey } from "../events/wire";

export type SortValue = string | number | null;

/**
 * How to put rows into the order of a word: a column, with - before it the other way round. Texts go without regard to
 * case, what is not known stands last either way. Null for no word: the rows stay as they are, as do equal ones.
 */
export function rowOrder<Row, Column extends string>(
  word: Column | `-${Column}` | undefined,
  values: Readonly<Record<Column, (row: Row) => SortValue>>,
): ((a: Row, b: Row) => number) | null {
  if (word === undefined) return null;
  const isDescending = word.startsWith("-");
  const valueOf = values[(isDescending ? word.slice(1) : word) as Column];
  const keys = new Map<Row, SortValue>();
  const keyOf = (row: Row): SortValue => {
    let key = keys.get(row);
    if (key === undefined) {
      const value = valueOf(row);
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
