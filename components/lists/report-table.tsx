import type { RowData } from "@tanstack/react-table";
import type { ComponentProps } from "react";
import { TableMenus } from "@/components/saved-views/table-menus";
import { ListTable, type ListTableProps } from "./list-table";
import { NothingInRange } from "./nothing-in-range";
import { numberedPager } from "./pager";

interface ReportTableProps<Row extends RowData> extends Omit<
  ListTableProps<Row>,
  "name" | "rows" | "count" | "pager"
> {
  /** By its name in the read API. */
  report: string;
  screen: { rows: Row[]; rowCount: number; page: number; pageCount: number; heldRef: string };
  /** For the exports and saved views. */
  query: string;
  /** What "Clear filters" takes away; the range stays. */
  clearing: Record<string, null>;
  noun: [one: string, many: string];
  /** What `empty` says where the range may be to blame as well as a filter. */
  nothing?: Omit<ComponentProps<typeof NothingInRange>, "url" | "clearing">;
}

/** The list of a report's screen, with numbered pages; the address says everything but which columns are shown. */
export function ReportTable<Row extends RowData>({
  report,
  screen,
  query,
  noun,
  nothing,
  ...table
}: ReportTableProps<Row>) {
  const { url, clearing } = table;
  return (
    <ListTable
      empty={nothing && <NothingInRange {...nothing} url={url} clearing={clearing} />}
      exportMenu={(columns) => <TableMenus companyRef={screen.heldRef} {...{ report, query, columns }} />}
      {...table}
      name={report}
      rows={screen.rows}
      count={{ total: screen.rowCount, noun }}
      pager={numberedPager(screen, url)}
    />
  );
}
