import type { CellKind } from "./report-table";

/** A table on paper. */
export interface PrintedTable {
  title: string;
  /** Company, range, filters, zone: a word and its value each. */
  lines: readonly (readonly [string, string])[];
  columns: readonly { id: string; header: string; kind: CellKind }[];
  /** Cells as people read them. */
  rows: readonly (readonly string[])[];
  /** There are more rows than the page has. */
  isCut: boolean;
}
