"use client";

import type { Row as TableRow, RowData } from "@tanstack/react-table";
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import type { DataTableFeatures } from "./use-data-table";

/**
 * The row whose details are shown.
 *
 * The row itself is kept, so that details stay readable when live updates push it off the page.
 */
export function useOpenRow<Row extends RowData>(rows: readonly TableRow<DataTableFeatures, Row>[]) {
  const [open, setOpen] = useState<{ id: string; row: Row } | null>(null);
  const lastId = useRef<string | null>(null);
  const rowsRef = useRef(rows);
  useLayoutEffect(() => {
    rowsRef.current = rows;
  }, [rows]);

  const openRow = useCallback((id: string) => {
    const row = rowsRef.current.find((candidate) => candidate.id === id);
    if (!row) return;
    lastId.current = id;
    setOpen({ id, row: row.original });
  }, []);

  const index = open ? rows.findIndex((row) => row.id === open.id) : -1;
  const step = (offset: number) => {
    const neighbour = index < 0 ? undefined : rows[index + offset];
    return neighbour && (() => openRow(neighbour.id));
  };
  return {
    openRow,
    close: () => setOpen(null),
    openRowId: open?.id ?? null,
    row: open ? (rows[index]?.original ?? open.row) : null,
    openPrevious: step(-1),
    openNext: step(1),
    /** The row to give the focus back to. */
    lastOpenedId: () => lastId.current,
  };
}
