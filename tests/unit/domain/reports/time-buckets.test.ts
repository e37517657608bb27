import { describe, expect, it, test } from "vitest";
import { bucketUnitFor } from "@/lib/domain/reports/time-buckets";
import { resolveReportRange } from "@/lib/domain/reports/report-range";
import { ianaZone } from "@/lib/domain/zones";
import { chartOf } from "@/lib/services/schedules/chart-of";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-30T12:00:00Z");

describe("the unit of a chart", () => {
  it.each([
    ["Europe/London", "2026-10-23", "2026-10-25", 73, "hour"],
    ["Europe/London", "2026-10-23", "2026-10-26", 97, "day"],
    ["Europe/London", "2026-03-27", "2026-03-29", 71, "hour"],
    ["Europe/London", "2026-06-01", "2026-06-03", 72, "hour"],
    ["Europe/London", "2026-06-01", "2026-06-04", 96, "day"],
    ["Australia/Lord_Howe", "2026-04-04", "2026-04-06", 72.5, "hour"],
    ["Australia/Lord_Howe", "2026-10-03", "2026-10-05", 71.5, "hour"],
    ["Africa/Cairo", "2026-04-24", "2026-04-26", 71, "hour"],
    ["America/Havana", "2026-10-31", "2026-11-02", 73, "hour"],
  ] as const)("in %s from %s to %s, %d hours, is the %s", (name, from, to, hours, unit) => {
    const zone = ianaZone(name);
    const range = resolveReportRange({ from, to }, NOW, zone)!;
    expect((range.to - range.from) / HOUR).toBe(hours);
    expect(bucketUnitFor(range, zone)).toBe(unit);
  });

  it.each([
    [72, "hour"],
    [72.25, "day"],
  ] as const)("for %d elapsed hours over a change of the clocks is the %s", (hours, unit) => {
    const from = Date.parse("2026-03-28T12:00:00Z");
    expect(bucketUnitFor({ from, to: from + hours * HOUR }, ianaZone("Europe/London"))).toBe(unit);
  });
});

test("the chart of an email names hours on a day on which the clocks show one twice", async () => {
  const zone = ianaZone("Europe/London");
  const range = resolveReportRange({ from: "2026-10-25", to: "2026-10-25" }, NOW, zone)!;
  const columns = ["from", "to", "failures"].map((id) => ({ id, header: id, kind: "integer" as const }));
  const repeated = [Date.parse("2026-10-25T00:00:00Z"), Date.parse("2026-10-25T02:00:00Z"), 7];
  const opened = {
    columns,
    zone,
    range,
    filterWords: async () => [],
    batches: async function* () {
      yield [repeated];
    },
  };
  const found = await chartOf("failures", "en", () => opened);
  expect(found!.title).toEqual({ key: "schedules.chartFailuresByHour" });
  expect(found!.chart.bars).toEqual([{ label: "01:00", value: 7 }]);
});
