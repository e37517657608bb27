"use client";

import type { RowData } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import { type CSSProperties, type ReactNode, type RefObject, useId, useMemo, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { Late } from "@/components/ui/late";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useWords } from "@/components/ui/use-words";
import type { DataTableColumn, WordedColumn } from "./column";
import { ColumnsMenu } from "./columns-menu";
import type { TableCount } from "./count-label";
import { DataTableBody } from "./data-table-body";
import { DataTableFooter, type TablePager } from "./data-table-footer";
import { DataTableHead } from "./data-table-head";
import { DataTableTotals } from "./data-table-totals";
import type { TableDetail } from "./detail-sheet";
import { EarlyColumns } from "./early-columns";
import { FoldedFilters } from "./folded-filters";
import { FilterChips, type TableFilter } from "./filter-chips";
import { PhoneSort } from "./phone-sort";
import type { SortProps } from "./sort-header";
import { tableRoles } from "./table-roles";
import { useDataTable } from "./use-data-table";
import { useFirstRow } from "./use-first-row";
import { useOpenRow } from "./use-open-row";
import { useShownColumns } from "./use-shown-columns";
import type { TablePreferences } from "./use-table-preferences";

export interface TableError {
  title: string;
  description?: ReactNode;
  requestId?: string;
  onRetry?: () => void;
  /** Another way out than trying again. */
  actions?: ReactNode;
}

interface DataTableProps<Row extends RowData> extends SortProps {
  /** The table's name for screen readers: "Events". */
  label: string;
  /** Column choices are kept in localStorage under this name. */
  storageKey: string;
  /** A constant of the module, or memoised. */
  columns: readonly DataTableColumn<Row>[];
  /** One page, in the order the server gave; memoised when derived. */
  rows: Row[];
  getRowId: (row: Row) => string;
  /** Search and filter fields, left of the columns menu. */
  toolbar?: ReactNode;
  /** The way to the rows as files, given the shown columns by their ids for exports. */
  exportMenu?: (columnIds: string[]) => ReactNode;
  filters?: readonly TableFilter[];
  /** Between the filters and the rows: a chart of the same rows, say. */
  summary?: ReactNode;
  clearFiltersHref?: string;
  onClearFilters?: () => void;
  /** A promise where counting must not keep the rows waiting; null: not known. */
  count?: TableCount | Promise<TableCount | null>;
  pager?: TablePager;
  /** Given, a row opens by click or Enter. */
  detail?: TableDetail<Row>;
  /** Rows that have just arrived; they light up for a moment. */
  isRowFresh?: (row: Row) => boolean;
  /** What all rows come to, not only those of the page, by the columns' ids; the identity column names the row. */
  totals?: Readonly<Record<string, ReactNode>>;
  /** The next page is on its way: the rows stay, dimmed. */
  isPending?: boolean;
  error?: TableError;
  /** Shown instead of the table when there are no rows: say what the next step is. */
  empty?: ReactNode;
  /** For each row: how its cells lie on a phone, say. */
  rowClassName?: string;
}

const loadSheet = () => import("./detail-sheet").then((module) => module.DetailSheet);

/** A list that the server sorts, filters and pages. Everything that should survive a reload comes in by props. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const t = useTranslations("lists");
  const { storageKey, rows, getRowId, sort, sortHref, onSortChange } = props;
  const columns = useWordedColumns(props.columns);
  const scope = useId();
  const frame = useRef<HTMLElement>(null);
  useFirstRow(frame);
  const { preferences, own, early, change } = useShownColumns(storageKey, columns);
  const table = useDataTable({ columns, rows, getRowId, preferences });
  const tableRows = table.getRowModel().rows;
  const opened = useOpenRow(tableRows);
  const columnsById = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const visible = table.getVisibleLeafColumns().flatMap((column) => columnsById.get(column.id) ?? []);
  const sorting = { sort, sortHref, onSortChange };
  const settled = settledState(props);

  return (
    <div
      data-slot="data-table"
      data-table-scope={scope}
      className="grid min-w-0 gap-3"
      style={rowHeightStyle(own)}
    >
      <EarlyColumns storageKey={storageKey} scope={scope} {...early} />
      <div data-print="hide" className="flex flex-wrap items-start gap-2 lg:flex-nowrap">
        {props.toolbar && <FoldedFilters filters={props.filters ?? []}>{props.toolbar}</FoldedFilters>}
        <div className="ms-auto flex flex-wrap justify-end gap-2 lg:flex-nowrap [&>button]:min-h-9">
          <PhoneSort columns={columns} {...sorting} />
          {exportMenuOf(props, visible)}
          <ColumnsMenu
            columns={columns}
            preferences={preferences ?? { columns: {}, density: "compact" }}
            onChange={change}
          />
        </div>
      </div>
      <FilterChips
        filters={props.filters ?? []}
        clearHref={props.clearFiltersHref}
        onClear={props.onClearFilters}
      />
      {props.summary}
      <section
        ref={frame}
        aria-label={t("scrollable", { label: props.label })}
        aria-busy={props.isPending || undefined}
        // Without rows that take focus, the frame must take it for the arrow keys to scroll.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={props.detail && !settled ? undefined : 0}
        data-print="expand"
        data-scroll
        className="relative scroll-pt-9 overflow-auto rounded-lg border bg-card max-md:overflow-visible md:max-h-[max(24rem,calc(100dvh-15rem))]"
      >
        {settled ?? (
          <table
            {...tableRoles.table}
            aria-label={props.label}
            className={cn(
              "w-full border-separate border-spacing-0 text-sm transition-opacity max-md:block",
              props.isPending && "opacity-60",
            )}
          >
            <DataTableHead columns={visible} hasOpener={props.detail !== undefined} {...sorting} />
            <DataTableBody
              rows={tableRows}
              columnsById={columnsById}
              visibleKey={visible.map((column) => column.id).join(" ")}
              openRowId={opened.openRowId}
              onOpen={props.detail && opened.openRow}
              isRowFresh={props.isRowFresh}
              rowClassName={props.rowClassName}
            />
            {totalsOf(props, visible)}
          </table>
        )}
      </section>
      {!props.error && <DataTableFooter count={props.count} pager={props.pager} />}
      {sheetOf(props, opened, frame)}
    </div>
  );
}

function useWordedColumns<Row extends RowData>(columns: readonly DataTableColumn<Row>[]) {
  const word = useWords("reportColumns");
  return useMemo(
    () => columns.map((column): WordedColumn<Row> => ({ ...column, header: word(column.header) })),
    [columns, word],
  );
}

/** The opened row's details, which give the focus back to it when they close. */
function sheetOf<Row extends RowData>(
  { detail }: DataTableProps<Row>,
  opened: ReturnType<typeof useOpenRow<Row>>,
  frame: RefObject<HTMLElement | null>,
): ReactNode {
  if (!detail) return null;
  return (
    <Late isWanted={opened.row !== null} load={loadSheet}>
      {(DetailSheet) => (
        <DetailSheet
          detail={detail}
          row={opened.row}
          onClose={opened.close}
          onPrevious={opened.openPrevious}
          onNext={opened.openNext}
          onCloseFocus={() => focusRow(frame.current, opened.lastOpenedId())}
        />
      )}
    </Late>
  );
}

function exportMenuOf<Row extends RowData>(
  { exportMenu }: DataTableProps<Row>,
  visible: readonly DataTableColumn<Row>[],
): ReactNode {
  return exportMenu?.(visible.flatMap(({ id, exportIds }) => exportIds ?? [id]));
}

function totalsOf<Row extends RowData>(
  { totals, detail }: DataTableProps<Row>,
  visible: readonly WordedColumn<Row>[],
): ReactNode {
  return totals && <DataTableTotals columns={visible} totals={totals} hasOpener={detail !== undefined} />;
}

function rowHeightStyle(preferences: TablePreferences | null): CSSProperties | undefined {
  if (!preferences) return undefined;
  return { "--row-height": preferences.density === "comfortable" ? "2.75rem" : "2.25rem" } as CSSProperties;
}

function focusRow(frame: HTMLElement | null, rowId: string | null) {
  if (rowId === null) return;
  frame?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(rowId)}"]`)?.focus();
}

function NothingToShow() {
  const t = useTranslations("lists");
  return <EmptyState title={t("nothing")} />;
}

/** What stands in the frame instead of rows; null when there are rows to show. An outage never looks like an empty table. */
function settledState<Row extends RowData>({ error, rows, empty }: DataTableProps<Row>): ReactNode {
  if (error) return <ErrorState {...error} />;
  if (rows.length === 0) return empty ?? <NothingToShow />;
  return null;
}
