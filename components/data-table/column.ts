import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { Text } from "@/lib/domain/text";

export type SortDirection = "asc" | "desc";

export interface TableSort {
  columnId: string;
  direction: SortDirection;
}

export interface DataTableColumn<Row extends RowData> {
  /** Stable: kept in the browser's storage and in the URL. */
  id: string;
  /** The word in the header, in the columns menu and beside the value on a phone; a report's is a text. */
  header: string | Text;
  /** Stands in the header instead of the word, which names the column elsewhere. */
  head?: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers and durations stand at the end. */
  align?: "start" | "end";
  /** The order a first press on the header asks for; a column without it does not sort. */
  firstSort?: SortDirection;
  /** Marks the column that names the row: it is the row's header, heads the card on a phone and cannot be hidden. */
  isIdentity?: boolean;
  isHiddenAtFirst?: boolean;
  /** Can't be hidden. */
  isAlwaysShown?: boolean;
  /** The columns of the read API that it stands for in an export; its own id unless said. */
  exportIds?: readonly string[];
  /** Has no label on a phone, where the value speaks for itself; needs a place by `className`. */
  isPlainOnPhone?: boolean;
  /** For th and td: a width, usually. */
  className?: string;
}

/** A column as the table draws it. */
export interface WordedColumn<Row extends RowData> extends DataTableColumn<Row> {
  header: string;
}

export function canHide<Row extends RowData>(column: DataTableColumn<Row>): boolean {
  return !column.isIdentity && !column.isAlwaysShown;
}
