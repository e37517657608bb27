import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextDueAt, type ReportSchedule } from "@/lib/domain/reports/schedule";
import { formatOffsetIso, ianaZone, listZones, zoneOffsetMinutes } from "@/lib/domain/zones";

const DAY_MS = 86_400_000;
const daily = (hour: number, minute: number): ReportSchedule => ({ kind: "daily", hour, minute });

/** The due times of a schedule between two instants, on the wall of the zone with its offset. */
function dueTimes(schedule: ReportSchedule, zoneName: string, from: string, to: string): string[] {
  const zone = ianaZone(zoneName);
  const end = Date.parse(to);
  const found: string[] = [];
  for (let at = nextDueAt(schedule, Date.parse(from), zone); at < end; at = nextDueAt(schedule, at, zone)) {
    found.push(formatOffsetIso(at, zone).replace(":00.000", ""));
  }
  return found;
}

describe("a clock change neither skips nor doubles a report", () => {
  it.each<[string, string, string, string, ReportSchedule, string[]]>([
    [
      "02:30 while Berlin's clocks skip it: as they jump to 03:00",
      "Europe/Berlin",
      "2026-03-28T00:00:00Z",
      "2026-03-31T00:00:00Z",
      daily(2, 30),
      ["2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00"],
    ],
    [
      "02:30 while Berlin's clocks show it twice: the first time",
      "Europe/Berlin",
      "2026-10-24T00:00:00Z",
      "2026-10-27T00:00:00Z",
      daily(2, 30),
      ["2026-10-24T02:30+02:00", "2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"],
    ],
    [
      "Lord Howe skips half an hour",
      "Australia/Lord_Howe",
      "2026-10-02T15:00:00Z",
      "2026-10-05T12:00:00Z",
      daily(2, 15),
      ["2026-10-03T02:15+10:30", "2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00"],
    ],
    [
      "Lord Howe repeats half an hour",
      "Australia/Lord_Howe",
      "2026-04-03T15:00:00Z",
      "2026-04-06T12:00:00Z",
      daily(1, 45),
      ["2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30"],
    ],
    [
      "Apia skipped a day, whose report comes as the next one begins",
      "Pacific/Apia",
      "2011-12-29T00:00:00Z",
      "2011-12-31T12:00:00Z",
      daily(9, 0),
      ["2011-12-29T09:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T09:00+14:00"],
    ],
    [
      "midnight in a zone that skips it",
      "America/Santiago",
      "2026-09-05T00:00:00Z",
      "2026-09-07T12:00:00Z",
      daily(0, 0),
      ["2026-09-05T00:00-04:00", "2026-09-06T01:00-03:00", "2026-09-07T00:00-03:00"],
    ],
  ])("%s", (_, zone, from, to, schedule, expected) => {
    expect(dueTimes(schedule, zone, from, to)).toEqual(expected);
  });
});

describe("a schedule is due", () => {
  it.each<[string, ReportSchedule, string[]]>([
    [
      "weekly on its weekday",
      { kind: "weekly", weekday: 1, hour: 7, minute: 0 },
      [
        "2028-01-31T07:00+00:00",
        "2028-02-07T07:00+00:00",
        "2028-02-14T07:00+00:00",
        "2028-02-21T07:00+00:00",
      ],
    ],
    ["monthly on its day", { kind: "monthly", day: 28, hour: 7, minute: 0 }, ["2028-02-28T07:00+00:00"]],
    [
      "on a month's last day, leap days included",
      { kind: "monthly", day: "last", hour: 7, minute: 0 },
      ["2028-01-31T07:00+00:00", "2028-02-29T07:00+00:00"],
    ],
  ])("%s", (_, schedule, expected) => {
    const until = schedule.kind === "weekly" ? "2028-02-22T00:00:00Z" : "2028-03-01T00:00:00Z";
    expect(dueTimes(schedule, "UTC", "2028-01-31T00:00:00Z", until)).toEqual(expected);
  });

  it("after the instant, never at it", () => {
    const at = Date.parse("2026-05-05T07:00:00Z");
    const zone = ianaZone("UTC");
    expect(nextDueAt(daily(7, 0), at, zone)).toBe(at + DAY_MS);
    expect(nextDueAt(daily(7, 0), at - 1, zone)).toBe(at);
  });
});

const rule: fc.Arbitrary<ReportSchedule> = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  .chain((time) =>
    fc.oneof(
      fc.constant<ReportSchedule>({ kind: "daily", ...time }),
      fc.integer({ min: 1, max: 7 }).map((weekday): ReportSchedule => ({ kind: "weekly", weekday, ...time })),
      fc
        .oneof(fc.integer({ min: 1, max: 28 }), fc.constant<"last">("last"))
        .map((day): ReportSchedule => ({ kind: "monthly", day, ...time })),
    ),
  );
const instant = fc.integer({ min: Date.parse("1975-01-01"), max: Date.parse("2045-01-01") });

describe("in every zone", () => {
  it("due times go on, and what comes after any instant in between is the same", () => {
    fc.assert(
      fc.property(
        rule,
        instant,
        fc.constantFrom(...listZones()),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (schedule, after, zone, part) => {
          const first = nextDueAt(schedule, after, zone);
          const second = nextDueAt(schedule, first, zone);
          expect(first).toBeGreaterThan(after);
          expect(second).toBeGreaterThan(first);
          const between = Math.floor(first + (second - first) * part);
          expect(nextDueAt(schedule, between, zone)).toBe(second);
        },
      ),
    );
  });

  it("a year has a daily report for each of its days, at its time unless the clocks skip it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.constantFrom(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "America/Santiago",
          "Asia/Kolkata",
        ),
        fc.integer({ min: 2000, max: 2037 }),
        (hour, minute, name, year) => {
          const zone = ianaZone(name);
          const days: string[] = [];
          let at = nextDueAt(daily(hour, minute), Date.UTC(year - 1, 11, 30), zone);
          for (; !days.at(-1)?.startsWith(String(year + 1)); at = nextDueAt(daily(hour, minute), at, zone)) {
            const local = formatOffsetIso(at, zone);
            days.push(local.slice(0, 10));
            const wanted = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
            const isSkipped = zoneOffsetMinutes(at, zone) > zoneOffsetMinutes(at - 1, zone);
            expect(isSkipped ? wanted : local.slice(11, 16)).toBe(wanted);
          }
          const ofYear = days.filter((day) => day.startsWith(String(year)));
          expect(new Set(ofYear).size).toBe(ofYear.length);
          expect(ofYear).toHaveLength((Date.UTC(year + 1, 0) - Date.UTC(year, 0)) / DAY_MS);
        },
      ),
      { numRuns: 25 },
    );
  });
});
