"use client";

import { formatDateTime, formatOffset, formatRelative } from "./format";
import { useNow } from "./use-now";
import { zoneWords } from "./zone-choices";

interface RelativeTimeProps {
  /** Epoch milliseconds. */
  at: number;
  zone: string;
  className?: string;
}

/** "3 min ago", kept up to date; the exact time with its zone on hover. */
export function RelativeTime({ at, zone, className }: RelativeTimeProps) {
  const now = useNow();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={`${formatDateTime(at, zone)} ${zoneWords(zone)} (${formatOffset(at, zone)})`}
      className={className}
    >
      {formatRelative(at, now)}
    </time>
  );
}
