"use client";

import { formatDateTime, formatOffset, formatRelative } from "./format";
import { useNow } from "./use-now";
import { zoneWords } from "./zone-choices";

interface RelativeTimeProps {
  /** Epoch milliseconds. */
  at: number;
  zone: string;
}

/** "3 min ago", kept up to date; the exact time with its zone on hover. */
export function RelativeTime({ at, zone }: RelativeTimeProps) {
  const now = useNow();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={`${formatDateTime(at, zone)} ${zoneWords(zone)} (${formatOffset(at, zone)})`}
    >
      {formatRelative(at, now)}
    </time>
  );
}
