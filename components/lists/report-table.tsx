import type { RowData } from "@tanstack/react-table";
import type { ComponentProps } from "react";
import type { TableSort } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { TableMenus } from "@/components/saved-views/table-menus";
import { NothingInRange } from "./nothing-in-range";
import { numberedPager } from "./pager";
import { sortingOf, type ListUrl } from "./use-list-url";

interface ReportTableProps<Row extends RowData> extends Omit<
  ComponentProps<typeof DataTable<Row>>,
  | "storageKey"
  | "rows"
  | "isPending"
  | "sort"
  | "sortHref"
  | "onSortChange"
  | "clearFiltersHref"
  | "onClearFilters"
  | "count"
  | "pager"
> {
  /** By its name in the read API. */
  report: string;
  screen: { rows: Row[]; rowCount: number; page: number; pageCount: number; heldRef: string };
  url: ListUrl;
  /** For the exports and saved views. */
  query: string;
  /** What "Clear filters" takes away; the range stays. */
  clearing: Record<string, null>;
  noun: [one: string, many: string];
  /** What `empty` says where the range may be to blame as well as a filter. */
  nothing?: Omit<ComponentProps<typeof NothingInRange>, "url" | "clearing">;
  sort: TableSort;
}

/** The list of a report's screen, with numbered pages; the address says everything but which columns are shown. */
export function ReportTable<Row extends RowData>({
  report,
  screen,
  url,
  query,
  clearing,
  noun,
  nothing,
  sort,
  ...table
}: ReportTableProps<Row>) {
  return (
    <DataTable
      empty={nothing && <NothingInRange {...nothing} url={url} clearing={clearing} />}
      exportMenu={(columns) => <TableMenus companyRef={screen.heldRef} {...{ report, query, columns }} />}
      {...table}
      storageKey={`winauthmon.${report}.columns`}
      rows={screen.rows}
      isPending={url.isPending}
      sort={sort}
      {...sortingOf(url)}
      clearFiltersHref={url.href(clearing)}
      onClearFilters={() => url.set(clearing)}
      count={{ total: screen.rowCount, noun }}
      pager={numberedPager(screen, url)}
    />
  );
}
