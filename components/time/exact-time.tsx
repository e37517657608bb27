"use client";

import { formatDateTime, formatRelative, formatSortable, type TimePrecision } from "./format";
import { useNow } from "./use-now";

interface ExactTimeProps {
  /** Epoch milliseconds. */
  at: number;
  zone: string;
  precision?: TimePrecision;
  /** `sortable` (2025-05-25 14:30:05) for columns, `long` (25 May 2025, 14:30:05) for prose. */
  form?: "sortable" | "long";
  className?: string;
}

/** A time in the screen's zone; how long ago on hover. The screen says its zone once, with ZoneLabel. */
export function ExactTime({ at, zone, precision = "second", form = "sortable", className }: ExactTimeProps) {
  const now = useNow();
  const format = form === "long" ? formatDateTime : formatSortable;
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatRelative(at, now)}
      className={className}
      suppressHydrationWarning
    >
      {format(at, zone, precision)}
    </time>
  );
}
