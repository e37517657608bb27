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
        "group/row list-row",
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
              "list-cell",
              column?.isIdentity
                ? "font-medium whitespace-nowrap max-md:order-first max-md:whitespace-normal"
                : !column?.isPlainOnPhone && "list-cell-labelled",
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
          className="list-cell w-9 text-end max-md:absolute max-md:top-2 max-md:end-2 md:pe-1 md:ps-0"
        >
          <button
            type="button"
            tabIndex={-1}
            aria-label={t("showDetails")}
            onClick={() => onOpen(row.id)}
            className="list-opener"
          >
            <ChevronRight aria-hidden className="size-4" />
          </button>
        </td>
      )}
    </tr>
  );
}

export const DataTableRow = memo(DataTableRowInner) as typeof DataTableRowInner;
