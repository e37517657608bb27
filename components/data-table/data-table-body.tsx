"use client";

import type { Row as TableRow, RowData } from "@tanstack/react-table";
import { type KeyboardEvent, useState } from "react";
import type { WordedColumn } from "./column";
import { DataTableRow } from "./data-table-row";
import { tableRoles } from "./table-roles";
import type { DataTableFeatures } from "./use-data-table";

interface DataTableBodyProps<Row extends RowData> {
  rows: readonly TableRow<DataTableFeatures, Row>[];
  columnsById: ReadonlyMap<string, WordedColumn<Row>>;
  visibleKey: string;
  openRowId: string | null;
  onOpen?: (rowId: string) => void;
  isRowFresh?: (row: Row) => boolean;
  rowClassName?: string;
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const row =
    event.target instanceof HTMLElement && event.target.matches("[data-row-id]") ? event.target : null;
  if (!row) return;
  const goals: Partial<Record<string, Element | null | undefined>> = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: row.parentElement?.firstElementChild,
    End: row.parentElement?.lastElementChild,
  };
  const goal = goals[event.key];
  if (!(goal instanceof HTMLElement)) return;
  event.preventDefault();
  goal.focus();
}

/** Rows that open are one stop of the Tab key; the arrow keys, Home and End move between them. */
export function DataTableBody<Row extends RowData>(props: DataTableBodyProps<Row>) {
  const { rows, columnsById, visibleKey, openRowId, onOpen, isRowFresh } = props;
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const tabStopId = rows.some((row) => row.id === focusedId) ? focusedId : rows[0]?.id;
  return (
    // The rows inside take the focus; the handler stands here once for all of them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <tbody
      {...tableRoles.group}
      onKeyDown={onOpen && moveFocus}
      className="max-md:block md:[&>tr:last-child>*]:border-b-0"
    >
      {rows.map((row) => (
        <DataTableRow
          key={row.id}
          row={row}
          columnsById={columnsById}
          visibleKey={visibleKey}
          isTabStop={row.id === tabStopId}
          isFresh={isRowFresh?.(row.original) ?? false}
          className={props.rowClassName}
          isOpen={row.id === openRowId}
          onOpen={onOpen}
          onFocus={setFocusedId}
        />
      ))}
    </tbody>
  );
}
