"use client";

import { useCallback, useState } from "react";
import type { EventRow } from "@/lib/domain/events/event-row";

interface Seen {
  listKey: string | null;
  rows: readonly EventRow[];
  /** The highest event id of the list before the present one; Infinity when this is the first. */
  newestBefore: number;
}

function newestOf(rows: readonly EventRow[]): number {
  return rows.reduce((newest, { id }) => Math.max(newest, id), 0);
}

/**
 * Tells which rows have arrived since the list was drawn before; none while `listKey` changes with the filters.
 *
 * Ids count up with storage, so a late event is fresh wherever its time puts it.
 */
export function useFreshRows(rows: readonly EventRow[], listKey: string | null): (row: EventRow) => boolean {
  const [seen, setSeen] = useState<Seen>({ listKey, rows, newestBefore: Infinity });
  if (seen.rows !== rows || seen.listKey !== listKey) {
    const isSameList = listKey !== null && seen.listKey === listKey;
    setSeen({ listKey, rows, newestBefore: isSameList ? newestOf(seen.rows) : Infinity });
  }
  const { newestBefore } = seen;
  return useCallback((row) => row.id > newestBefore, [newestBefore]);
}
