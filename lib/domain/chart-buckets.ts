import type { EventKind } from "./events/kinds";
import { addLocalDays, localDateOf, startOfLocalDay, zoneOffsetMinutes, type IanaZone } from "./zones";

export const CHART_RANGES = ["today", "24h", "7d", "30d"] as const;
export type ChartRange = (typeof CHART_RANGES)[number];

export interface ChartBuckets {
  unit: "hour" | "day";
  /** Starts of the buckets, epoch milliseconds, ascending, and the end of the last one. */
  edges: number[];
}

export interface ChartPoint {
  /** Start of the bucket, epoch milliseconds. */
  at: number;
  counts: Partial<Record<EventKind, number>>;
}

const HOUR_MILLISECONDS = 3_600_000;

/** The running hour as the zone's clock has it and the 23 before it. */
function lastHours(zone: IanaZone, now: number): ChartBuckets {
  const past =
    (((now + zoneOffsetMinutes(now, zone) * 60_000) % HOUR_MILLISECONDS) + HOUR_MILLISECONDS) %
    HOUR_MILLISECONDS;
  const end = now - past + HOUR_MILLISECONDS;
  return {
    unit: "hour",
    edges: Array.from({ length: 25 }, (_, place) => end - (24 - place) * HOUR_MILLISECONDS),
  };
}

/** The local hours of today (23 to 25 of them), the last 24 hours, or the last 7 or 30 local days with today as the last. */
export function chartBuckets(range: ChartRange, zone: IanaZone, now: number): ChartBuckets {
  if (range === "24h") return lastHours(zone, now);
  const today = localDateOf(now, zone);
  const tomorrow = startOfLocalDay(addLocalDays(today, 1), zone);
  if (range === "today") {
    const edges: number[] = [];
    for (let at = startOfLocalDay(today, zone); at < tomorrow; at += HOUR_MILLISECONDS) edges.push(at);
    return { unit: "hour", edges: [...edges, tomorrow] };
  }
  const dayCount = range === "7d" ? 7 : 30;
  const edges = Array.from({ length: dayCount }, (_, index) =>
    startOfLocalDay(addLocalDays(today, index - dayCount + 1), zone),
  );
  return { unit: "day", edges: [...edges, tomorrow] };
}
