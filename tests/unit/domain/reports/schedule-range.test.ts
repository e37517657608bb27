import { describe, expect, it } from "vitest";
import {
  rangeProblem,
  scheduledParams,
  scheduledRange,
  type ScheduleRange,
} from "@/lib/domain/reports/schedule-range";
import { inEnglish } from "@/lib/english";
import { findTable } from "@/lib/services/tables/registry";
import { ianaZone } from "@/lib/domain/zones";

const BERLIN = ianaZone("Europe/Berlin");

describe("the range of a scheduled report", () => {
  // Sunday 25 October 2026, when the clocks go back, and the Monday after it.
  it.each<[ScheduleRange, string, string, string]>([
    ["yesterday", "2026-10-26T06:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
    ["last-week", "2026-10-26T06:00:00Z", "2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z"],
    ["last-week", "2026-10-25T06:00:00Z", "2026-10-11T22:00:00Z", "2026-10-18T22:00:00Z"],
    ["last-month", "2026-11-01T06:00:00Z", "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z"],
    ["7d", "2026-11-01T06:00:00Z", "2026-10-25T23:00:00Z", "2026-11-01T23:00:00Z"],
  ])("%s at %s is of whole days of the zone", (range, at, from, to) => {
    const found = scheduledRange(range, Date.parse(at), BERLIN)!;
    expect([found.from, found.to].map((one) => new Date(one).toISOString())).toEqual([
      from.replace("Z", ".000Z"),
      to.replace("Z", ".000Z"),
    ]);
  });

  it("takes the place of the view's own range, and leaves filters and order", () => {
    const query = "range=7d&account=5&sort=-date&page=3";
    const params = scheduledParams(query, "yesterday", Date.parse("2026-05-05T10:00:00Z"), ianaZone("UTC"));
    expect(Object.fromEntries(params)).toEqual({
      account: "5",
      sort: "-date",
      from: "2026-05-04T00:00Z",
      to: "2026-05-05T00:00Z",
    });
    expect(scheduledParams(query, "view", 0, BERLIN).toString()).toBe("range=7d&account=5&sort=-date");
  });

  it.each<[string, string, ScheduleRange, RegExp | null]>([
    ["failures", "range=7d", "view", null],
    ["failures", "from=2026-01-01&to=2026-01-31", "last-month", null],
    ["failures", "from=2026-01-01", "view", /fixed dates/],
    ["who-was-on", "computer=5", "view", null],
    ["who-was-on", "computer=5", "last-week", /has no period/],
    ["who-was-on", "computer=5&at=2026-01-01T10:00", "view", /fixed time/],
    ["roll-call", "site=5", "view", null],
    ["roll-call", "", "last-week", /has no period/],
    ["roll-call", "at=2026-01-05T14:30Z", "view", /fixed time/],
    ["inactive", "days=60", "yesterday", /has no period/],
  ])("%s with %s sent for %s", (table, query, range, problem) => {
    expect(inEnglish(rangeProblem({ query, hasRange: findTable(table)!.hasRange }, range) ?? "")).toMatch(
      problem ?? /^$/,
    );
  });
});
