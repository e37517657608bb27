"use client";

import { type Row as TableRow, type RowData, FlexRender } from "@tanstack/react-table";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, memo, type MouseEvent } from "react";
import { cn } from "@/components/ui/cn";
import type { WordedColumn } from "./column";
import { tableRoles } from "./table-roles";
import type { DataTableFeatures } from "./use-data-table";

interface DataTableRowProps<Row extends RowData> {
  row: TableRow<DataTableFeatures, Row>;
  columnsById: ReadonlyMap<string, WordedColumn<Row>>;
  /** Changes with the drawn columns, so that a memoised row notices. */
  visibleKey: string;
  isTabStop: boolean;
  isFresh: boolean;
  className?: string;
  isOpen: boolean;
  /** Absent when rows do not open. */
  onOpen?: (rowId: string) => void;
  onFocus: (rowId: string) => void;
}

const cellClass =
  "h-(--row-height) border-b px-3 py-1 text-start align-middle font-normal max-md:flex max-md:h-auto max-md:min-w-0 max-md:items-baseline max-md:gap-2 max-md:border-0 max-md:px-0 max-md:py-0";
// On a phone the column's word stands before the value.
const labelClass =
  "max-md:before:w-28 max-md:before:shrink-0 max-md:before:text-xs max-md:before:text-muted-foreground max-md:before:content-[attr(data-label)]";

function isOwnControl(event: MouseEvent | KeyboardEvent): boolean {
  return (
    event.target instanceof Element &&
    event.target.closest("a, button, input, select, textarea, label, summary") !== null
  );
}

function DataTableRowInner<Row extends RowData>(props: DataTableRowProps<Row>) {
  const t = useTranslations("lists");
  const { row, columnsById, isTabStop, isFresh, isOpen, onOpen, onFocus } = props;

  function onClick(event: MouseEvent) {
    // Selecting text inside a row is not a wish to open it.
    if (isOwnControl(event) || window.getSelection()?.isCollapsed === false) return;
    onOpen?.(row.id);
  }
  function onKeyDown(event: KeyboardEvent) {
    if ((event.key !== "Enter" && event.key !== " ") || isOwnControl(event)) return;
    event.preventDefault();
    onOpen?.(row.id);
  }
  return (
    // The arrow keys move between rows (see the table body); the button in the last cell does the same for everybody else.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-tabindex
    <tr
      {...tableRoles.row}
      data-row-id={row.id}
      data-open={isOpen || undefined}
      tabIndex={onOpen ? (isTabStop ? 0 : -1) : undefined}
      onClick={onOpen && onClick}
      onKeyDown={onOpen && onKeyDown}
      onFocus={onOpen && (() => onFocus(row.id))}
      className={cn(
        "group/row -outline-offset-2 hover:bg-muted/60 data-open:bg-muted max-md:relative max-md:grid max-md:gap-1 max-md:border-b max-md:px-3 max-md:py-2.5 max-md:last:border-b-0",
        onOpen && "cursor-pointer max-md:pe-10",
        isFresh && "animate-fresh",
        props.className,
      )}
    >
      {row.getVisibleCells().map((cell) => {
        const column = columnsById.get(cell.column.id);
        const Cell = column?.isIdentity ? "th" : "td";
        return (
          <Cell
            key={cell.id}
            {...(column?.isIdentity ? { ...tableRoles.rowHeader, scope: "row" } : tableRoles.cell)}
            data-column={cell.column.id}
            data-label={column?.header}
            className={cn(
              cellClass,
              column?.isIdentity
                ? "font-medium whitespace-nowrap max-md:order-first max-md:whitespace-normal"
                : !column?.isPlainOnPhone && labelClass,
              column?.align === "end" && "md:text-end",
              column?.className,
            )}
          >
            <FlexRender cell={cell} />
          </Cell>
        );
      })}
      {onOpen && (
        <td
          {...tableRoles.cell}
          className={cn(cellClass, "w-9 pe-1 ps-0 text-end max-md:absolute max-md:top-2 max-md:end-2")}
        >
          <button
            type="button"
            tabIndex={-1}
            aria-label={t("showDetails")}
            onClick={() => onOpen(row.id)}
            className="inline-grid size-7 place-items-center rounded-sm text-muted-foreground hover:text-foreground md:opacity-0 md:group-hover/row:opacity-100 md:group-focus/row:opacity-100 md:focus:opacity-100"
          >
            <ChevronRight aria-hidden className="size-4" />
          </button>
        </td>
      )}
    </tr>
  );
}

export const DataTableRow = memo(DataTableRowInner) as typeof DataTableRowInner;
