"use client";

import { CircleCheck, Clock, FileX, Hourglass, WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { formatAge } from "@/components/time/format";
import { useNow } from "@/components/time/use-now";
import { Badge } from "@/components/ui/badge";
import { healthOf } from "@/lib/domain/fleet/computer-health";
import type { ComputerRow } from "@/lib/domain/reports/computer-columns";
import { clockWords } from "./clock-words";

/** What is right or wrong with a computer, each with a word: colour alone says nothing. */
export function HealthBadges({ computer }: { computer: ComputerRow }) {
  const t = useTranslations("computerHealth");
  const now = useNow();
  const health = healthOf(computer, computer.readAt);
  return (
    <span className="inline-flex flex-wrap gap-1">
      {health.isSilent ? (
        <Badge variant="warning">
          <WifiOff aria-hidden />
          {t("silentFor", { duration: formatAge(computer.lastSeenAt, now) })}
        </Badge>
      ) : (
        <Badge variant="success">
          <CircleCheck aria-hidden />
          {t("reporting")}
        </Badge>
      )}
      {health.wrongClockMs !== null && (
        <Badge variant="warning">
          <Clock aria-hidden />
          {clockWords(t, health.wrongClockMs)}
        </Badge>
      )}
      {health.isBacklog && (
        <Badge variant="warning">
          <Hourglass aria-hidden />
          {t("eventsWaiting", { count: computer.spoolLength ?? 0 })}
        </Badge>
      )}
      {health.lostEvents > 0 && (
        <Badge variant="destructive">
          <FileX aria-hidden />
          {t("eventsLost", { count: health.lostEvents })}
        </Badge>
      )}
    </span>
  );
}
