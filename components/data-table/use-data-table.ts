"use client";

import { columnVisibilityFeature, type RowData, tableFeatures, useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import { canHide, type WordedColumn } from "./column";
import type { TablePreferences } from "./use-table-preferences";

/** The server sorts, filters and pages; the table itself only decides which columns are drawn. */
export const dataTableFeatures = tableFeatures({ columnVisibilityFeature });
export type DataTableFeatures = typeof dataTableFeatures;

interface UseDataTableOptions<Row extends RowData> {
  columns: readonly WordedColumn<Row>[];
  rows: Row[];
  getRowId: (row: Row) => string;
  /** Null while unknown: then every column is drawn, and CSS hides what should not show. */
  preferences: TablePreferences | null;
}

export function useDataTable<Row extends RowData>({
  columns,
  rows,
  getRowId,
  preferences,
}: UseDataTableOptions<Row>) {
  const columnDefs = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        cell: ({ row }: { row: { original: Row } }) => column.cell(row.original),
        enableHiding: canHide(column),
      })),
    [columns],
  );
  const columnVisibility = useMemo(() => {
    if (!preferences) return {};
    const hideable = columns.filter(canHide);
    return Object.fromEntries(
      hideable.map(({ id, isHiddenAtFirst }) => [id, preferences.columns[id] ?? !isHiddenAtFirst]),
    );
  }, [columns, preferences]);

  return useTable<DataTableFeatures, Row>({
    features: dataTableFeatures,
    columns: columnDefs,
    data: rows,
    getRowId,
    state: { columnVisibility },
  });
}
