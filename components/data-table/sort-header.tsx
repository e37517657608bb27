"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { RowData } from "@tanstack/react-table";
import { cn } from "@/components/ui/cn";
import type { WordedColumn, SortDirection, TableSort } from "./column";

export interface SortProps {
  sort?: TableSort;
  /** The order's address, for other tabs, and the way there; without them the table has one order. */
  sortHref?: (sort: TableSort) => string;
  onSortChange?: (sort: TableSort) => void;
}

/** The order the next press on a column asks for. */
export function nextSort(columnId: string, firstSort: SortDirection, sort: TableSort | undefined): TableSort {
  if (sort?.columnId !== columnId) return { columnId, direction: firstSort };
  return { columnId, direction: sort.direction === "asc" ? "desc" : "asc" };
}

export function ariaSort(
  columnId: string,
  sort: TableSort | undefined,
): "ascending" | "descending" | undefined {
  if (sort?.columnId !== columnId) return undefined;
  return sort.direction === "asc" ? "ascending" : "descending";
}

/** The arrow stands in the gap between the columns, where it takes no room of a wide table. */
function intoGap(align: "start" | "end" | undefined): string {
  return align === "end"
    ? "-ms-2 -me-1 flex-row-reverse pe-1 min-[88rem]:-ms-2.5"
    : "-ms-1 -me-2 ps-1 min-[88rem]:-me-2.5";
}

/** A column's word, pressable where the column sorts; the order in force is marked. */
export function SortHeader<Row extends RowData>({
  column,
  sort,
  sortHref,
  onSortChange,
}: SortProps & { column: WordedColumn<Row> }) {
  const isSorted = sort?.columnId === column.id;
  const Icon = !isSorted ? ChevronsUpDown : sort.direction === "asc" ? ArrowUp : ArrowDown;
  if (!column.firstSort || !sortHref) {
    if (!isSorted) return column.head ?? column.header;
    // The only order there is, marked as in other tables.
    return (
      <span className={cn("inline-flex items-center gap-0.5 text-foreground", intoGap(column.align))}>
        {column.header}
        <Icon aria-hidden className="size-3" />
      </span>
    );
  }
  const next = nextSort(column.id, column.firstSort, sort);
  const content = (
    <>
      {column.header}
      <Icon
        aria-hidden
        className={cn("size-3 shrink-0", !isSorted && "opacity-60 group-hover:opacity-100")}
      />
    </>
  );
  const className = cn(
    "group inline-flex min-h-7 items-center gap-0.5 rounded-sm hover:text-foreground",
    isSorted && "text-foreground",
    intoGap(column.align),
  );
  return (
    <Link
      href={sortHref(next)}
      onStep={onSortChange && (() => onSortChange(next))}
      scroll={false}
      className={className}
    >
      {content}
    </Link>
  );
}
