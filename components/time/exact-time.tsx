"use client";

import { formatDateTime, formatRelative, type TimePrecision } from "./format";
import { useNow } from "./use-now";

interface ExactTimeProps {
  /** Epoch milliseconds. */
  at: number;
  zone: string;
  precision?: TimePrecision;
  className?: string;
}

/** A time in the screen's zone; how long ago on hover. The screen says its zone once, with ZoneLabel. */
export function ExactTime({ at, zone, precision = "second", className }: ExactTimeProps) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatRelative(at, now)} className={className}>
      {formatDateTime(at, zone, precision)}
    </time>
  );
}
