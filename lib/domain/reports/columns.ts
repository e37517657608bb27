import type { Text, TextKey } from "../text";
import type { CellKind, CellValue, ReportColumn } from "./report-table";

type Value<Row> = (row: Row) => CellValue | undefined;
type More<Row> = Partial<Pick<ReportColumn<Row>, "isOptional" | "isFileOnly" | "sortId" | "words" | "order">>;

function maker(kind: CellKind) {
  return <Row>(
    id: string,
    header: TextKey | Text,
    value: Value<Row>,
    more: More<Row> = {},
  ): ReportColumn<Row> => ({
    id,
    header: typeof header === "string" ? { key: header } : header,
    kind,
    value,
    ...more,
  });
}

export const textColumn = maker("text");
export const integerColumn = maker("integer");
/** A number with two places. */
export const decimalColumn = maker("decimal");
/** Elapsed whole seconds. */
export const secondsColumn = maker("seconds");
/** Epoch milliseconds. */
export const instantColumn = maker("instant");
/** A local day, `YYYY-MM-DD`. */
export const dateColumn = maker("date");
export const flagColumn = maker("flag");
/** Whole numbers between blanks. */
export const numbersColumn = maker("numbers");

/** The company's name, for lists that hold rows of several companies. */
export function companyColumn<Row extends { companyName: string | null }>(): ReportColumn<Row> {
  return textColumn("company", "reportColumns.company", (row) => row.companyName);
}

/** Makes columns sortable: a first press on the header sorts texts from A to Z, and the most or the newest first. */
export function sortable<Row>(columns: readonly ReportColumn<Row>[]): ReportColumn<Row>[] {
  return columns.map((column) => ({ firstSort: column.kind === "text" ? "asc" : "desc", ...column }));
}

/** The word of `sort=` for a column. */
export function sortIdOf(column: { id: string; sortId?: string }): string {
  return column.sortId ?? column.id;
}

/** The words of `sort=` for the sortable ones of these columns: each column, and with - the other way round. */
export function sortWordsOf<Row>(columns: readonly ReportColumn<Row>[]): string[] {
  return columns
    .filter(({ firstSort }) => firstSort !== undefined)
    .flatMap((column) => [sortIdOf(column), `-${sortIdOf(column)}`]);
}
