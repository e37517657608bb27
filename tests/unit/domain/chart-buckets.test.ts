import { expect, test } from "vitest";
import { chartBuckets } from "@/lib/domain/chart-buckets";
import { ianaZone } from "@/lib/domain/zones";

const HOUR = 3_600_000;

test.each(["UTC", "Europe/London", "Asia/Kathmandu"])(
  "the last 24 hours in %s are 24 buckets on local hours, the last of them running",
  (name) => {
    const now = Date.UTC(2026, 2, 29, 0, 50);
    const { unit, edges } = chartBuckets("24h", ianaZone(name), now);
    expect(unit).toBe("hour");
    expect(edges).toHaveLength(25);
    expect(edges.slice(1).every((at, place) => at - edges[place]! === HOUR)).toBe(true);
    expect(edges.at(-2)!).toBeLessThanOrEqual(now);
    expect(edges.at(-1)!).toBeGreaterThan(now);
    const minutes = name === "Asia/Kathmandu" ? 15 : 0;
    expect(new Date(edges[0]!).getUTCMinutes()).toBe(minutes);
  },
);
