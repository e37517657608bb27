"use client";

import type { RowData } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { WordedColumn } from "./column";
import { ariaSort, SortHeader, type SortProps } from "./sort-header";
import { tableRoles } from "./table-roles";

interface DataTableHeadProps<Row extends RowData> extends SortProps {
  columns: readonly WordedColumn<Row>[];
  hasOpener: boolean;
}

/** Stays at the top of the frame while the rows scroll. */
export function DataTableHead<Row extends RowData>({
  columns,
  hasOpener,
  ...sorting
}: DataTableHeadProps<Row>) {
  const t = useTranslations("lists");
  return (
    <thead {...tableRoles.group} className="max-md:hidden">
      <tr {...tableRoles.row}>
        {columns.map((column) => (
          <th
            key={column.id}
            {...tableRoles.columnHeader}
            scope="col"
            data-column={column.id}
            aria-sort={ariaSort(column.id, sorting.sort)}
            className={cn(
              "sticky top-0 z-10 h-9 border-b bg-card px-2 text-start text-xs leading-tight font-medium text-balance text-muted-foreground min-[88rem]:px-2.5 2xl:px-3",
              column.align === "end" && "text-end",
              column.className,
              // The column's values may have to stay in one line, its word never has to.
              "whitespace-normal",
            )}
          >
            <SortHeader column={column} {...sorting} />
          </th>
        ))}
        {hasOpener && (
          <th {...tableRoles.columnHeader} scope="col" className="sticky top-0 z-10 w-9 border-b bg-card">
            <span className="sr-only">{t("details")}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
