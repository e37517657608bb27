"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { RowData } from "@tanstack/react-table";
import { cn } from "@/components/ui/cn";
import type { WordedColumn, SortDirection, TableSort } from "./column";

export interface SortProps {
  sort?: TableSort;
  /** One of the two: an address for the order, or a call. */
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

/** A column's word, pressable where the column sorts; the order in force is marked. */
export function SortHeader<Row extends RowData>({
  column,
  sort,
  sortHref,
  onSortChange,
}: SortProps & { column: WordedColumn<Row> }) {
  const isSorted = sort?.columnId === column.id;
  const Icon = !isSorted ? ChevronsUpDown : sort.direction === "asc" ? ArrowUp : ArrowDown;
  if (!column.firstSort || (!sortHref && !onSortChange)) {
    if (!isSorted) return column.header;
    // The only order there is, marked as in other tables.
    return (
      <span className="inline-flex items-center gap-1 text-foreground">
        {column.header}
        <Icon aria-hidden className="size-3.5" />
      </span>
    );
  }
  const next = nextSort(column.id, column.firstSort, sort);
  const content = (
    <>
      {column.header}
      <Icon aria-hidden className={cn("size-3.5", !isSorted && "opacity-60 group-hover:opacity-100")} />
    </>
  );
  const className = cn(
    "group -mx-1 inline-flex h-7 items-center gap-1 rounded-sm px-1 hover:text-foreground",
    isSorted && "text-foreground",
    column.align === "end" && "flex-row-reverse",
  );
  if (sortHref) {
    return (
      <Link href={sortHref(next)} scroll={false} className={className}>
        {content}
      </Link>
    );
  }
  return (
    <button type="button" className={className} onClick={() => onSortChange?.(next)}>
      {content}
    </button>
  );
}
