import type { Text, TextKey } from "../text";

/**
 * How a cell is written: an instant is epoch milliseconds (JSON: RFC 3339 in UTC; files: the report's zone), seconds
 * are elapsed whole seconds (files: HH:MM:SS and seconds), a decimal has two places, a date is a local YYYY-MM-DD, numbers
 * are a text of whole numbers between blanks (JSON: a list).
 */
export type CellKind = "text" | "integer" | "decimal" | "seconds" | "instant" | "date" | "flag" | "numbers";

/** Cells of these stand at the end of their column. */
export function isNumericKind(kind: CellKind): boolean {
  return kind === "integer" || kind === "decimal" || kind === "seconds";
}
export type PlainValue = string | number | boolean | null;
/** A text is in English in JSON, and in the reader's language in files. */
export type CellValue = PlainValue | Text;

/** A column without its accessor: all that a writer needs. */
export interface ColumnHead {
  /** The member's name in JSON and the word of `columns=`: camelCase, unique in the report. */
  id: string;
  /** A plain text is shown as it is. */
  header: string | Text;
  kind: CellKind;
  /** What files call its values, where JSON has names for programs. */
  words?: Readonly<Record<string, TextKey>>;
  /** Only in files when asked for by `columns=`; always in JSON. */
  isOptional?: boolean;
  /** The other way round: in JSON only when asked for by `columns=`, as it says what another column says. */
  isFileOnly?: boolean;
}

export type SortDirection = "asc" | "desc";

/** A column of a report, the same for its screen, its files and its JSON. */
export interface ReportColumn<Row> extends ColumnHead {
  /** undefined leaves the member out of JSON. */
  value: (row: Row) => CellValue | undefined;
  /** The order that a first press on its header asks for; without it the rows cannot be sorted by the column. */
  firstSort?: SortDirection;
  /** The word of `sort=` where it is not the id. */
  sortId?: string;
  /** What rows are sorted by where it is not the value, such as the name of a state. */
  order?: (row: Row) => string | number | null;
}

/** One row's values in the order of the columns. */
export type Cells = readonly (CellValue | undefined)[];
/** The same with its texts worded, as writers take them. */
export type PlainCells = readonly (PlainValue | undefined)[];

/** Rows on their way to JSON or a file. A batch is written at once, so it should hold no more than some thousand rows. */
export type RowBatches = AsyncIterable<readonly Cells[]>;
export type PlainBatches = AsyncIterable<readonly PlainCells[]>;

/** What the rows come to, as the last rows of a file; to be asked when all batches have come. */
export type Totals = () => readonly Cells[];
export type PlainTotals = () => readonly PlainCells[];

export const NO_TOTALS: PlainTotals = () => [];
