import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsQuery } from "@/lib/domain/events/events-query";
import { alertsQuery } from "@/lib/domain/reports/alerts-query";
import { previousRange } from "@/lib/domain/reports/previous-range";
import { isRangeEnd, resolveReportRange } from "@/lib/domain/reports/report-range";
import { rollCallQuery } from "@/lib/domain/reports/roll-call";
import { timeBuckets } from "@/lib/domain/reports/time-buckets";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { whoWasOnQuery } from "@/lib/domain/reports/who-was-on";
import { ianaZone } from "@/lib/domain/zones";

const LONDON = ianaZone("Europe/London");
const NOW = Date.parse("2026-03-29T12:00:00Z");
const spell = (range: { from: number; to: number } | null) =>
  range && [new Date(range.from).toISOString().slice(0, 16), new Date(range.to).toISOString().slice(0, 16)];

describe("the range of a report", () => {
  it.each([
    [{}, ["2026-03-23T00:00", "2026-03-29T23:00"]],
    [{ range: "today" as const }, ["2026-03-29T00:00", "2026-03-29T23:00"]],
    [{ range: "last-month" as const }, ["2026-02-01T00:00", "2026-03-01T00:00"]],
    [{ from: "2026-03-28", to: "2026-03-29" }, ["2026-03-28T00:00", "2026-03-29T23:00"]],
    [{ from: "2026-03-28" }, ["2026-03-28T00:00", "2026-03-29T23:00"]],
    [{ to: "2026-03-01" }, ["2026-03-01T00:00", "2026-03-02T00:00"]],
    [{ from: "2026-03-02", to: "2026-03-01" }, null],
    // A year in advance is counted, and no more, as no event lies there.
    [{ from: "2026-01-01", to: "2026-12-31" }, ["2026-01-01T00:00", "2027-01-01T00:00"]],
    [{ from: "2026-03-28", to: "9998-12-31" }, ["2026-03-28T00:00", "2027-03-29T23:00"]],
    [{ from: "2030-01-01", to: "9998-12-31" }, ["2030-01-01T00:00", "2031-01-02T00:00"]],
    [{ from: "9998-06-01", to: "9998-12-31" }, ["9998-05-31T23:00", "9999-01-01T00:00"]],
  ])("%j", (asked, expected) => {
    expect(spell(resolveReportRange(asked, NOW, LONDON))).toEqual(expected);
  });

  it.each(["1970-01-01", "9998-12-31", "9998-12-31T23:59:59.999-12:00", "1970-01-01T00:00:00+14:00"])(
    "can be told for %s as either end, in any zone",
    (text) => {
      expect(isRangeEnd(text)).toBe(true);
      for (const zone of ["Pacific/Kiritimati", "America/Adak", "UTC"].map(ianaZone)) {
        expect(() => resolveReportRange({ from: text, to: text }, NOW, zone)).not.toThrow();
        expect(() => resolveReportRange({ to: text }, NOW, zone)).not.toThrow();
      }
    },
  );

  it.each([
    "0050-01-01T00:00:00Z",
    "0202-05-01",
    "1969-12-31",
    "1969-12-31T23:59:59Z",
    "9999-12-30",
    "2026-02-30",
    "yesterday",
    "2026-01-05T10:00",
  ])("refuses %s", (text) => {
    expect(isRangeEnd(text)).toBe(false);
  });

  it.each(["02-30", "02-29", "04-31", "11-31", "02-31", "13-01", "00-10", "01-00", "01-32"])(
    "no parameter of a report takes a time of the year 2026-%s, which there is not",
    (day) => {
      const ends = [eventsQuery, timeSpentQuery, alertsQuery].flatMap(({ shape }) => [shape.from, shape.to]);
      const moments = [rollCallQuery, whoWasOnQuery].map(({ shape }) => shape.at);
      const times = ["T10:00:00Z", "T10:00Z", "T23:59:59.999-12:00", "T00:00+1400", "T10:00:00.123456789Z"];
      for (const time of ["", ...times]) {
        for (const end of ends) {
          expect(end.safeParse(`2026-${day}${time}`).success).toBe(false);
          expect(end.safeParse(`2026-05-31${time}`).success).toBe(true);
        }
      }
      for (const time of ["T10:00", ...times]) {
        for (const moment of moments) {
          expect(moment.safeParse(`2026-${day}${time}`).success).toBe(false);
          expect(moment.safeParse(`2026-05-31${time}`).success).toBe(true);
        }
      }
    },
  );

  it("has no more days than since 1970 and in the year to come, and has one to be compared with, however long it is asked for", () => {
    const most = (NOW - Date.UTC(1970, 0, 1)) / 86_400_000 + 368;
    const zones = ["Pacific/Kiritimati", "America/Adak", "Europe/London", "Australia/Lord_Howe"].map(
      ianaZone,
    );
    const end = fc
      .tuple(
        fc.oneof(
          fc.integer({ min: 0, max: 9999 }),
          fc.integer({ min: 1960, max: 2110 }),
          fc.integer({ min: 1970, max: 1980 }),
        ),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        fc.constantFrom("", "T00:00:00Z", "T23:59:59.999-12:00", "T10:07:01+14:00"),
      )
      .map(([year, month, day, time]) => {
        const two = (number: number) => String(number).padStart(2, "0");
        return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}${time}`;
      })
      .filter(isRangeEnd);
    const earlierFirst = ({ from, to }: { from?: string; to?: string }) =>
      from !== undefined && to !== undefined && from > to ? { from: to, to: from } : { from, to };
    const asked = fc.record({ from: end, to: end }, { requiredKeys: [] }).map(earlierFirst);
    const reached = { ranges: 0, cut: 0, longest: 0 };
    fc.assert(
      fc.property(asked, fc.constantFrom(...zones), (ends, zone) => {
        const range = resolveReportRange(ends, NOW, zone);
        if (range === null) return;
        const days = (range.to - range.from) / 86_400_000;
        reached.ranges += 1;
        if (ends.to !== undefined && Date.parse(ends.to) > range.to) reached.cut += 1;
        if (days > most / 2) reached.longest += 1;
        expect(timeBuckets(range, zone, "day", most)).not.toBeNull();
        const before = previousRange(range, ends, NOW, zone);
        expect(before.from).toBeLessThan(before.to);
        expect(before.to).toBeLessThanOrEqual(range.from);
      }),
      { numRuns: 300, seed: 20 },
    );
    expect(reached.ranges).toBeGreaterThan(200);
    expect(reached.cut).toBeGreaterThan(50);
    expect(reached.longest).toBeGreaterThan(50);
  });
});
