import { addLocalDays, localDateOf, startOfLocalDay, type IanaZone } from "./zones";

export const CHART_RANGES = ["today", "7d", "30d"] as const;
export type ChartRange = (typeof CHART_RANGES)[number];

export interface ChartBuckets {
  unit: "hour" | "day";
  /** Starts of the buckets, epoch milliseconds, ascending, and the end of the last one. */
  edges: number[];
}

const HOUR_MILLISECONDS = 3_600_000;

/** The local hours of today (23 to 25 of them), or the last 7 or 30 local days with today as the last. */
export function chartBuckets(range: ChartRange, zone: IanaZone, now: number): ChartBuckets {
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
