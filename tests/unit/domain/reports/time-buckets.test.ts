import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { bucketUnitFor, timeBuckets } from "@/lib/domain/reports/time-buckets";
import { resolveReportRange } from "@/lib/domain/reports/report-range";
import { zoneCalendar } from "@/lib/domain/zone-calendar";
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

const ZONES = [
  "UTC",
  "Europe/London",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "America/Havana",
  "Asia/Tehran",
  "Antarctica/Troll",
  "Pacific/Apia",
].map(ianaZone);
const range = fc
  .tuple(
    fc.integer({ min: Date.UTC(2009, 0, 1), max: Date.UTC(2026, 0, 1) }),
    fc.integer({ min: 1, max: 90 * 24 * HOUR }),
  )
  .map(([from, length]) => ({ from, to: from + length }));

describe("the buckets of a range", () => {
  it("begin where the clocks show another hour, and cover the range", () => {
    fc.assert(
      fc.property(range, fc.constantFrom(...ZONES), (asked, zone) => {
        const calendar = zoneCalendar(zone);
        const hourOf = (at: number) => Math.floor((at + calendar.offsetMsAt(at)) / HOUR);
        const starts = [asked.from];
        // These zones change their clocks on a quarter of an hour.
        for (let at = asked.from - (asked.from % (HOUR / 4)) + HOUR / 4; at < asked.to; at += HOUR / 4) {
          if (hourOf(at) !== hourOf(at - 1)) starts.push(at);
        }
        const expected = starts.map((from, place) => ({ from, to: starts[place + 1] ?? asked.to }));
        expect(timeBuckets(asked, zone, "hour", Infinity)).toEqual(expected);
      }),
    );
  });

  it("begin anew in the minute after midnight in which Newfoundland changed its clocks", () => {
    const [from, change, to] = ["2009-03-08T03:30Z", "2009-03-08T03:31Z", "2009-03-08T04:30Z"].map((text) =>
      Date.parse(text),
    ) as [number, number, number];
    expect(timeBuckets({ from, to }, ianaZone("America/St_Johns"), "hour", Infinity)).toEqual([
      { from, to: change },
      { from: change, to },
    ]);
  });

  it("are none where they are more than may be", () => {
    fc.assert(
      fc.property(range, fc.constantFrom(...ZONES), fc.constantFrom("hour", "day"), (asked, zone, unit) => {
        const all = timeBuckets(asked, zone, unit, Infinity)!;
        expect(timeBuckets(asked, zone, unit, all.length)).toEqual(all);
        expect(timeBuckets(asked, zone, unit, all.length - 1)).toBeNull();
      }),
    );
    const ages = { from: Date.UTC(102, 0, 1), to: Date.UTC(9998, 0, 1) };
    expect(timeBuckets(ages, ianaZone("Europe/London"), "hour", 400_000)).toBeNull();
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
