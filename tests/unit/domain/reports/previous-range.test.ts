import { describe, expect, test } from "vitest";
import { previousRange } from "@/lib/domain/reports/previous-range";
import { resolveReportRange, type AskedRange } from "@/lib/domain/reports/report-range";
import { ianaZone } from "@/lib/domain/zones";

const LONDON = ianaZone("Europe/London");
/** 10:07 in London on a Tuesday, in summer time since the Sunday of the week before. */
const NOW = Date.UTC(2026, 3, 7, 9, 7);

function before(asked: AskedRange, now = NOW): [string, string] {
  const { from, to } = previousRange(resolveReportRange(asked, now, LONDON)!, asked, now, LONDON);
  return [new Date(from).toISOString().slice(0, 16), new Date(to).toISOString().slice(0, 16)];
}

describe("what a range is compared with", () => {
  test.each<[string, AskedRange, [string, string]]>([
    ["yesterday with the day before", { range: "yesterday" }, ["2026-04-04T23:00", "2026-04-05T23:00"]],
    [
      "last month with the month before it, which is shorter",
      { range: "last-month" },
      ["2026-02-01T00:00", "2026-03-01T00:00"],
    ],
    [
      "days over a change of the clocks with as many days",
      { from: "2026-03-26", to: "2026-04-01" },
      ["2026-03-19T00:00", "2026-03-26T00:00"],
    ],
    [
      "an hour with the hour before",
      { from: "2026-04-06T10:30:00Z", to: "2026-04-06T11:30:00Z" },
      ["2026-04-06T09:30", "2026-04-06T10:30"],
    ],
  ])("%s", (_, asked, expected) => {
    expect(before(asked)).toEqual(expected);
  });

  test.each<[string, AskedRange, [string, string]]>([
    [
      "today with yesterday up to this quarter-hour",
      { range: "today" },
      ["2026-04-05T23:00", "2026-04-06T09:00"],
    ],
    ["seven days with six and a part", { range: "7d" }, ["2026-03-25T00:00", "2026-03-31T10:00"]],
    [
      "this month with the same part of the last",
      { range: "this-month" },
      ["2026-03-01T00:00", "2026-03-07T10:00"],
    ],
  ])("a running range is compared with a part as long: %s", (_, asked, expected) => {
    expect(before(asked)).toEqual(expected);
  });

  test("a range that has only just begun is compared with a quarter of an hour, and one to come as a whole", () => {
    expect(before({ range: "today" }, Date.UTC(2026, 3, 6, 23, 1))).toEqual([
      "2026-04-05T23:00",
      "2026-04-05T23:15",
    ]);
    expect(before({ from: "2026-05-01", to: "2026-05-02" })).toEqual([
      "2026-04-28T23:00",
      "2026-04-30T23:00",
    ]);
  });
});
