import { expect, it } from "vitest";
import { integerColumn, sortable, sortWordsOf, textColumn } from "@/lib/domain/reports/columns";
import { rowOrder } from "@/lib/domain/reports/sort-rows";

interface Row {
  name: string | null;
  count: number;
}

const ROWS: Row[] = [
  { name: "bo", count: 2 },
  { name: null, count: 3 },
  { name: "Anna", count: 2 },
  { name: "Čeněk", count: 1 },
  { name: "BO", count: 9 },
];
const COLUMNS = sortable<Row>([
  textColumn("userName", "reportColumns.account", (row) => row.name, { sortId: "name" }),
  integerColumn("count", "reports.count", (row) => row.count),
]);
const sorted = (word: string) =>
  ROWS.toSorted(rowOrder(word, COLUMNS)!).map(({ name, count }) => `${name} ${count}`);

it("sorts texts without regard to case, equal ones as they stood, unknown ones last either way", () => {
  expect(sorted("name")).toEqual(["Anna 2", "bo 2", "BO 9", "Čeněk 1", "null 3"]);
  expect(sorted("-name")).toEqual(["Čeněk 1", "bo 2", "BO 9", "Anna 2", "null 3"]);
});

it("sorts numbers as numbers, and leaves rows alone without a word", () => {
  expect(sorted("-count")).toEqual(["BO 9", "null 3", "bo 2", "Anna 2", "Čeněk 1"]);
  expect(rowOrder(undefined, COLUMNS)).toBeNull();
});

it("knows the words that sort, and refuses others", () => {
  expect(sortWordsOf(COLUMNS)).toEqual(["name", "-name", "count", "-count"]);
  expect(sortWordsOf([textColumn<Row>("userName", "reportColumns.account", (row) => row.name)])).toEqual([]);
  expect(() => rowOrder("userName", COLUMNS)).toThrow("userName");
});
