import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatMinute,
  parseMinute,
  reachesPresent,
  resolveRange,
  type RangePreset,
} from "@/lib/domain/events/event-range";
import { REPORT_PRESETS, resolveReportRange } from "@/lib/domain/reports/report-range";
import { ianaZone } from "@/lib/domain/zones";

const LONDON = ianaZone("Europe/London");
const HOUR = 3_600_000;

function resolve(preset: RangePreset, now: string, zone = LONDON): [string, string | null] {
  const { from, to } = resolveRange({ preset }, Date.parse(now), zone);
  return [new Date(from).toISOString(), to === null ? null : new Date(to).toISOString()];
}

describe("a range by name", () => {
  // London's clocks go forward on 29 March 2026 at 01:00 and back on 25 October 2026 at 02:00.
  test.each<[RangePreset, string, string, string | null]>([
    ["48h", "2026-03-30T12:00:00Z", "2026-03-28T12:00:00.000Z", null],
    ["48h", "2026-10-26T12:00:00Z", "2026-10-24T12:00:00.000Z", null],
    ["7d", "2026-03-30T12:00:00Z", "2026-03-24T00:00:00.000Z", null],
    ["30d", "2026-03-30T12:00:00Z", "2026-03-01T00:00:00.000Z", null],
    ["today", "2026-03-29T12:00:00Z", "2026-03-29T00:00:00.000Z", null],
    ["today", "2026-03-30T12:00:00Z", "2026-03-29T23:00:00.000Z", null],
    ["yesterday", "2026-03-30T12:00:00Z", "2026-03-29T00:00:00.000Z", "2026-03-29T23:00:00.000Z"],
    ["yesterday", "2026-10-26T12:00:00Z", "2026-10-24T23:00:00.000Z", "2026-10-26T00:00:00.000Z"],
    ["this-month", "2026-03-31T23:30:00Z", "2026-03-31T23:00:00.000Z", null],
    ["this-month", "2026-10-31T12:00:00Z", "2026-09-30T23:00:00.000Z", null],
    ["last-month", "2026-04-01T12:00:00Z", "2026-03-01T00:00:00.000Z", "2026-03-31T23:00:00.000Z"],
    ["last-month", "2026-11-05T12:00:00Z", "2026-09-30T23:00:00.000Z", "2026-11-01T00:00:00.000Z"],
    ["last-month", "2026-01-15T12:00:00Z", "2025-12-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"],
    ["last-month", "2024-03-31T12:00:00Z", "2024-02-01T00:00:00.000Z", "2024-03-01T00:00:00.000Z"],
  ])("%s at %s in London", (preset, now, from, to) => {
    expect(resolve(preset, now)).toEqual([from, to]);
  });

  test.each(REPORT_PRESETS)("%s begins for events when it begins for reports", (preset) => {
    const zones = ["UTC", "Europe/London", "America/Santiago", "Pacific/Kiritimati"].map(ianaZone);
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) }),
        fc.constantFrom(...zones),
        (now, zone) => {
          const events = resolveRange({ preset }, now, zone);
          const report = resolveReportRange({ range: preset }, now, zone)!;
          expect(events.from).toBe(report.from);
          expect(events.to ?? report.to).toBe(report.to);
        },
      ),
    );
  });

  test("a day begins where midnight does not exist", () => {
    // Santiago skipped from 24:00 on 5 September 2026 to 01:00 on the 6th.
    const [from] = resolve("today", "2026-09-06T18:00:00Z", ianaZone("America/Santiago"));
    expect(from).toBe("2026-09-06T04:00:00.000Z");
  });

  test("a day of 23 and one of 25 hours are whole", () => {
    const lengthOf = (now: string) => {
      const { from, to } = resolveRange({ preset: "yesterday" }, Date.parse(now), LONDON);
      return (to! - from) / HOUR;
    };
    expect([lengthOf("2026-03-30T12:00:00Z"), lengthOf("2026-10-26T12:00:00Z")]).toEqual([23, 25]);
  });
});

test("new events can appear in every range but those that are over", () => {
  const now = Date.UTC(2026, 0, 5);
  expect(
    (["48h", "today", "7d", "30d", "this-month"] as const).every((preset) => reachesPresent({ preset }, now)),
  ).toBe(true);
  expect((["yesterday", "last-month"] as const).some((preset) => reachesPresent({ preset }, now))).toBe(
    false,
  );
  expect(reachesPresent({ from: 0, to: null }, now)).toBe(true);
  expect(reachesPresent({ from: 0, to: now }, now)).toBe(false);
  expect(reachesPresent({ from: 0, to: now + 1 }, now)).toBe(true);
});

test("a minute in an address is read as it was written, and nothing else is", () => {
  const minute = fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(9998, 11, 31) / 60_000 });
  fc.assert(
    fc.property(minute, (n) => {
      expect(parseMinute(formatMinute(n * 60_000))).toBe(n * 60_000);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseMinute(text)).toBeNull();
    }),
  );
  for (const text of [
    "2026-02-29T00:00Z",
    "2026-04-31T00:00Z",
    "2026-01-01T24:00Z",
    "2026-01-01T00:00",
    "1999-12-31T23:59Z",
    "9999-01-01T00:00Z",
  ]) {
    expect(parseMinute(text)).toBeNull();
  }
});
