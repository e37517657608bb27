import { describe, expect, it } from "vitest";
import { isRangeEnd, resolveReportRange } from "@/lib/domain/reports/report-range";
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
  ])("%j", (asked, expected) => {
    expect(spell(resolveReportRange(asked, NOW, LONDON))).toEqual(expected);
  });

  it.each(["0101-01-02", "9998-12-31", "9998-12-31T23:59:59.999-12:00", "0101-01-02T00:00:00+14:00"])(
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
    "0101-01-01",
    "9999-12-30",
    "2026-02-30",
    "yesterday",
    "2026-01-05T10:00",
  ])("refuses %s", (text) => {
    expect(isRangeEnd(text)).toBe(false);
  });
});
