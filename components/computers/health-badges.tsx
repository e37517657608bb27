"use client";

import { CircleCheck, Clock, FileX, Hourglass, WifiOff } from "lucide-react";
import { formatAge } from "@/components/time/format";
import { useNow } from "@/components/time/use-now";
import { Badge } from "@/components/ui/badge";
import { healthOf } from "@/lib/domain/fleet/computer-health";
import type { ComputerRow } from "@/lib/domain/reports/computer-columns";
import { clockWords } from "./clock-words";

const count = (number: number) => number.toLocaleString("en");

/** What is right or wrong with a computer, each with a word: colour alone says nothing. */
export function HealthBadges({ computer }: { computer: ComputerRow }) {
  const now = useNow();
  const health = healthOf(computer, computer.readAt);
  return (
    <span className="inline-flex flex-wrap gap-1">
      {health.isSilent ? (
        <Badge variant="warning" suppressHydrationWarning>
          <WifiOff aria-hidden />
          Silent for {formatAge(computer.lastSeenAt, now)}
        </Badge>
      ) : (
        <Badge variant="success">
          <CircleCheck aria-hidden />
          Reporting
        </Badge>
      )}
      {health.wrongClockMs !== null && (
        <Badge variant="warning">
          <Clock aria-hidden />
          {clockWords(health.wrongClockMs)}
        </Badge>
      )}
      {health.isBacklog && (
        <Badge variant="warning">
          <Hourglass aria-hidden />
          {count(computer.spoolLength ?? 0)} events waiting
        </Badge>
      )}
      {health.lostEvents > 0 && (
        <Badge variant="destructive">
          <FileX aria-hidden />
          {count(health.lostEvents)} events lost
        </Badge>
      )}
    </span>
  );
}
