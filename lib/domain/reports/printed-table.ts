import type { CellKind } from "./report-table";

/** A table on paper. */
export interface PrintedTable {
  title: string;
  /** Company, range, filters, zone: a word and its value each. */
  lines: readonly (readonly [string, string])[];
  columns: readonly { id: string; header: string; kind: CellKind }[];
  /** Cells as people read them. */
  rows: readonly (readonly string[])[];
  /** What all rows come to; empty for a table without totals, and for one that is cut. */
  totals: readonly (readonly string[])[];
  /** Each row begins with a box to tick. */
  hasTickBoxes: boolean;
  /** There are more rows than the page has. */
  isCut: boolean;
}
