"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { formatAgo, formatDateTime, formatOffset } from "./format";
import { useNow } from "./use-now";
import { zoneWords } from "./zone-choices";

interface EventAgeProps {
  /** Epoch milliseconds. */
  at: number;
  zone: string;
  /** Whether the server found the computer's clock ahead when it received the event; absent where it isn't known. */
  isClockAhead?: boolean;
  /** When the event was received, epoch milliseconds: what its age goes by where the clock was ahead. */
  receivedAt?: number;
}

const TOLERANCE_MILLISECONDS = 60_000;

/** How long ago something happened that a computer told of; a time ahead of ours reads "just now", with a badge. */
export function EventAge({ at, zone, isClockAhead, receivedAt }: EventAgeProps) {
  const now = useNow();
  const isAhead = isClockAhead ?? at > now + TOLERANCE_MILLISECONDS;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      {isAhead && <ClockAheadBadge />}
      <time
        dateTime={new Date(at).toISOString()}
        title={`${formatDateTime(at, zone)} ${zoneWords(zone)} (${formatOffset(at, zone)})`}
      >
        {formatAgo(isAhead && receivedAt !== undefined ? receivedAt : at, now)}
      </time>
    </span>
  );
}

export function ClockAheadBadge() {
  const t = useTranslations("lists");
  return (
    <Badge variant="warning" title={t("clockAheadNote")}>
      {t("clockAhead")}
    </Badge>
  );
}
