import type { RowData } from "@tanstack/react-table";
import type { ComponentProps } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { sortingOf, type ListUrl } from "./use-list-url";

type FromUrl =
  | "storageKey"
  | "isPending"
  | "sortHref"
  | "onSortChange"
  | "clearFiltersHref"
  | "onClearFilters";

export interface ListTableProps<Row extends RowData> extends Omit<
  ComponentProps<typeof DataTable<Row>>,
  FromUrl
> {
  url: ListUrl;
  /** Column choices are kept under it. */
  name: string;
  /** What "Clear filters" takes away: all of the address unless given. */
  clearing?: Record<string, null>;
}

/** A table whose filters, order and page stand in the address. */
export function ListTable<Row extends RowData>({ url, name, clearing, ...table }: ListTableProps<Row>) {
  return (
    <DataTable
      {...table}
      storageKey={`winauthmon.${name}.columns`}
      isPending={url.isPending}
      {...sortingOf(url)}
      clearFiltersHref={clearing ? url.href(clearing) : url.pathname}
      onClearFilters={clearing ? () => url.set(clearing) : url.clear}
    />
  );
}
