import type { useTranslations } from "next-intl";
import type { ChartPoint } from "@/lib/domain/chart-buckets";
import { EVENT_KINDS, type EventKind } from "@/lib/domain/events/kinds";
import { formatDay, formatTime } from "@/components/time/format";

export interface EventsSeries {
  unit: "hour" | "day";
  /** Oldest first, without gaps. */
  points: readonly ChartPoint[];
  /** End of the last bucket, epoch milliseconds. */
  endsAt: number;
  /** When the numbers were read: the bucket it falls into is still running. */
  readAt: number;
  zone: string;
}

export interface EventsBucket extends ChartPoint {
  /** Under the axis. */
  tick: string;
  /** In full: "Sun 25 May, 14:00 to 15:00". */
  title: string;
  total: number;
  isRunning: boolean;
}

/** The series as bars: with words for the axis and the tooltip, and the running bucket marked. */
export function eventsBuckets(
  { unit, points, endsAt, readAt, zone }: EventsSeries,
  t: ReturnType<typeof useTranslations<"charts">>,
): EventsBucket[] {
  return points.map((point, index) => {
    const end = points[index + 1]?.at ?? endsAt;
    const day = formatDay(point.at, zone);
    const isHour = unit === "hour";
    return {
      ...point,
      tick: isHour ? formatTime(point.at, zone, "minute") : day.slice(4),
      title: isHour
        ? t("hours", {
            day,
            from: formatTime(point.at, zone, "minute"),
            to: formatTime(end, zone, "minute"),
          })
        : day,
      total: EVENT_KINDS.reduce((sum, kind) => sum + (point.counts[kind] ?? 0), 0),
      isRunning: point.at <= readAt && readAt < end,
    };
  });
}

/** The kinds that occur at all, in the contract's order, and how often. */
export function kindTotals(points: readonly ChartPoint[]): {
  kinds: EventKind[];
  totals: Partial<Record<EventKind, number>>;
} {
  const totals: Partial<Record<EventKind, number>> = {};
  for (const { counts } of points) {
    for (const kind of EVENT_KINDS) {
      const count = counts[kind] ?? 0;
      if (count > 0) totals[kind] = (totals[kind] ?? 0) + count;
    }
  }
  return { kinds: EVENT_KINDS.filter((kind) => totals[kind] !== undefined), totals };
}
