import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { WordedColumn } from "./column";
import { tableRoles } from "./table-roles";

interface DataTableTotalsProps<Row extends RowData> {
  columns: readonly WordedColumn<Row>[];
  /** By the columns' ids; that of the identity column names the row. */
  totals: Readonly<Record<string, ReactNode>>;
  hasOpener: boolean;
}

/** One row below all others: what the whole list comes to, not only the page. On a phone a last card. */
export function DataTableTotals<Row extends RowData>({
  columns,
  totals,
  hasOpener,
}: DataTableTotalsProps<Row>) {
  return (
    <tfoot {...tableRoles.group} className="max-md:block">
      <tr
        {...tableRoles.row}
        className="max-md:grid max-md:gap-1 max-md:border-t max-md:bg-muted max-md:px-3 max-md:py-2.5"
      >
        {columns.map((column) => {
          const Cell = column.isIdentity ? "th" : "td";
          const isEmpty = totals[column.id] === undefined;
          return (
            <Cell
              key={column.id}
              {...(column.isIdentity ? { ...tableRoles.rowHeader, scope: "row" } : tableRoles.cell)}
              data-column={column.id}
              data-label={column.header}
              className={cn(
                "h-(--row-height) border-t bg-muted px-2 py-1 text-start font-medium md:sticky md:bottom-0 min-[88rem]:px-2.5 2xl:px-3 max-md:flex max-md:h-auto max-md:items-baseline max-md:gap-2 max-md:border-0 max-md:px-0 max-md:py-0",
                column.isIdentity
                  ? "max-md:order-first"
                  : "max-md:before:w-28 max-md:before:shrink-0 max-md:before:text-xs max-md:before:font-normal max-md:before:text-muted-foreground max-md:before:content-[attr(data-label)]",
                column.align === "end" && "md:text-end",
                isEmpty && "max-md:hidden",
                column.className,
                // Sums are wider than what they sum up, which has the column's width.
                "md:whitespace-normal",
              )}
            >
              {totals[column.id]}
            </Cell>
          );
        })}
        {hasOpener && <td {...tableRoles.cell} className="border-t bg-muted max-md:hidden" />}
      </tr>
    </tfoot>
  );
}
