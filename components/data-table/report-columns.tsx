import type { RowData } from "@tanstack/react-table";
import { ExactTime } from "@/components/time/exact-time";
import type { DataTableColumn } from "./column";

/** A column of whole numbers; the first press on its header sorts the most first. */
export function countColumn<Id extends string, Row extends RowData & Record<Id, number>>(
  id: Id,
  header: string,
): DataTableColumn<Row> {
  return {
    id,
    header,
    align: "end",
    firstSort: "desc",
    cell: (row) => <span className="tabular">{row[id].toLocaleString("en")}</span>,
  };
}

/** A column of instants (epoch milliseconds) in the zone; the first press on its header sorts the newest first. */
export function instantColumn<Row extends RowData>(
  id: string,
  header: string,
  zone: string,
  at: (row: Row) => number,
): DataTableColumn<Row> {
  return {
    id,
    header,
    firstSort: "desc",
    cell: (row) => <ExactTime at={at(row)} zone={zone} className="tabular whitespace-nowrap" />,
  };
}
