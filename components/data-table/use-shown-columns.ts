"use client";

import type { RowData } from "@tanstack/react-table";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { canHide, type DataTableColumn } from "./column";
import { type TablePreferences, useTablePreferences } from "./use-table-preferences";

/**
 * The columns of `columns=` in an address, which saved views open with, as choices; null where the address names none,
 * or one that the table does not have, being another table's.
 */
export function columnsOfAddress<Row extends RowData>(
  asked: string | null | undefined,
  columns: readonly DataTableColumn<Row>[],
): Record<string, boolean> | null {
  if (!asked) return null;
  const ids = new Set(asked.split(","));
  const exportIds = columns.map(({ id, exportIds: own }) => own ?? [id]);
  const known = new Set(exportIds.flat());
  if ([...ids].some((id) => !known.has(id))) return null;
  const shown = (at: number) => exportIds[at]!.some((id) => ids.has(id));
  return Object.fromEntries(
    columns.flatMap((column, at) => (canHide(column) ? [[column.id, shown(at)]] : [])),
  );
}

/** The choices in force: those of the address before the person's own, which are `own` (null while unknown). */
export function useShownColumns<Row extends RowData>(
  storageKey: string,
  columns: readonly DataTableColumn<Row>[],
) {
  const { preferences: own, change } = useTablePreferences(storageKey);
  const asked = useSearchParams()?.get("columns");
  const ofAddress = useMemo(() => columnsOfAddress(asked, columns), [asked, columns]);
  const preferences = useMemo(
    () => (ofAddress ? { columns: ofAddress, density: own?.density ?? "compact" } : own),
    [ofAddress, own],
  );
  return {
    preferences,
    own,
    /** What only the browser knows before the first paint; with the address's columns the server knows it too. */
    early: { columns: ofAddress ? [] : columns, isKnown: own !== null },
    change: (patch: Partial<TablePreferences>) => {
      change(patch);
      if (ofAddress && patch.columns) forgetColumnsOfAddress();
    },
  };
}

/** What is chosen by hand counts from then on. */
function forgetColumnsOfAddress(): void {
  const url = new URL(window.location.href);
  url.searchParams.delete("columns");
  window.history.replaceState(null, "", url);
}
