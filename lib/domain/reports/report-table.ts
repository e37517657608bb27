/**
 * How a cell is written: an instant is epoch milliseconds (JSON: RFC 3339 in UTC; files: the report's zone), seconds
 * are elapsed whole seconds (files: HH:MM:SS and seconds), a date is a local YYYY-MM-DD.
 */
export type CellKind = "text" | "integer" | "seconds" | "instant" | "date" | "flag";
export type CellValue = string | number | boolean | null;

/** A column of a report, the same for its screen's export, its files and its JSON. */
export interface ReportColumn<Row> {
  /** The member's name in JSON and the word of `columns=`: camelCase, unique in the report. */
  id: string;
  header: string;
  kind: CellKind;
  /** undefined leaves the member out of JSON. */
  value: (row: Row) => CellValue | undefined;
  /** Only in files when asked for by `columns=`; always in JSON. */
  isOptional?: boolean;
}
