import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settleRepeatedHour, type RepeatedRow } from "@/lib/domain/import/repeated-hour";
import { meaningOf, parseStoredTime } from "@/lib/domain/import/wall-clock";
import { ianaZone, zoneOffsetMinutes } from "@/lib/domain/zones";

const london = ianaZone("Europe/London");
const HOUR = 3_600_000;
const CHANGE = Date.UTC(2025, 9, 26, 1);

function read(text: string, zone = london) {
  const stored = parseStoredTime(text);
  return stored && meaningOf(stored, zone);
}

describe("a stored time", () => {
  it.each([
    ["2025-06-01 12:00:00.123456", "2025-06-01T11:00:00.123Z"],
    ["2025-06-01 12:00:00", "2025-06-01T11:00:00.000Z"],
    ["2025-01-01T12:00:00.9999999", "2025-01-01T12:00:00.999Z"],
    ["2025-06-01 12:00:00+00", "2025-06-01T12:00:00.000Z"],
    ["2025-06-01 12:00:00.5 +05:30", "2025-06-01T06:30:00.500Z"],
    ["2025-03-30 00:59:59.999", "2025-03-30T00:59:59.999Z"],
    ["2025-03-30 02:00:00", "2025-03-30T01:00:00.000Z"],
    ["2999-07-01 12:00:00", "2999-07-01T11:00:00.000Z"],
  ])("%s is one instant", (text, at) => {
    expect(read(text)).toEqual({ is: "exact", at: Date.parse(at) });
  });

  it.each([
    "",
    "yesterday",
    "2025-02-29 12:00:00",
    "2025-06-01 24:00:00",
    "2025-06-01",
    "0000-00-00 00:00:00",
  ])("“%s” is none", (text) => {
    expect(read(text)).toBeNull();
  });

  it("in the skipped hour keeps its distance from the hours before", () => {
    expect(read("2025-03-30 01:30:00")).toEqual({ is: "skipped", at: Date.UTC(2025, 2, 30, 1, 30) });
  });

  it("in the repeated hour is one of two instants", () => {
    expect(read("2025-10-26 01:30:00")).toEqual({
      is: "repeated",
      earlier: CHANGE - HOUR / 2,
      later: CHANGE + HOUR / 2,
    });
  });

  it("of any instant and zone means that instant, or names it among two", () => {
    const zones = ["Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"].map(
      ianaZone,
    );
    const instants = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (seconds, zone) => {
        const at = seconds * 1000;
        const meaning = meaningOf(
          { local: at + zoneOffsetMinutes(at, zone) * 60_000, offsetMinutes: null },
          zone,
        );
        expect(
          meaning.is === "repeated"
            ? [meaning.earlier, meaning.later]
            : [meaning.is === "exact" && meaning.at],
        ).toContain(at);
      }),
    );
  });
});

/** Rows in the order of ids, each by its minute in the repeated hour. */
function rowsOf(minutes: readonly number[]): RepeatedRow[] {
  return minutes.map((minute, index) => {
    const earlier = CHANGE - HOUR + minute * 60_000;
    return { id: index + 1, local: earlier + HOUR, earlier, later: earlier + HOUR };
  });
}

function settle(minutes: readonly number[]) {
  const { laterIds, doubtfulIds } = settleRepeatedHour(rowsOf(minutes));
  return { later: [...laterIds], doubtful: doubtfulIds };
}

describe("the repeated hour", () => {
  it.each([
    ["one step back parts it", [1, 20, 40, 10, 30, 55], [4, 5, 6], []],
    ["no step back proves nothing: the earlier instant, as a guess", [1, 20, 40], [], [1, 2, 3]],
    ["one row alone is a guess", [30], [], [1]],
    ["late rows do not hide the step", [10, 30, 28, 50, 5, 20, 40], [5, 6, 7], []],
    ["a row far behind those before it may have been sent late", [10, 50, 5, 40, 20, 55], [3, 4, 5, 6], [5]],
    ["so may one before the step", [10, 50, 20, 55, 5], [5], [3]],
    ["a step of two minutes may be lateness", [10, 30, 28, 50], [3, 4], [3, 4]],
    ["equal times do not step back", [10, 40, 40, 20, 20], [4, 5], []],
    ["none", [], [], []],
  ])("%s", (_, minutes, later, doubtful) => {
    expect(settle(minutes)).toEqual({ later, doubtful });
  });

  it("of another year is judged on its own", () => {
    const year = 364 * 24 * HOUR;
    const first = rowsOf([10, 50, 20]);
    const second = rowsOf([30, 15]).map((row) => ({
      id: row.id + 10,
      local: row.local + year,
      earlier: row.earlier + year,
      later: row.later + year,
    }));
    expect([...settleRepeatedHour([...second, ...first]).laterIds]).toEqual([3, 12]);
  });

  it("is parted rightly wherever rows in true order step back on the clock", () => {
    const instants = fc.uniqueArray(fc.integer({ min: 0, max: 119 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(instants, (unsorted) => {
        const truth = unsorted.toSorted((a, b) => a - b);
        const minutes = truth.map((minute) => minute % 60);
        const stepsBack = minutes.some((minute, index) => index > 0 && minute < minutes[index - 1]!);
        const later = truth.flatMap((minute, index) => (stepsBack && minute >= 60 ? [index + 1] : []));
        const { doubtful, later: settled } = settle(minutes);
        expect(settled).toEqual(later);
        expect(stepsBack || doubtful.length === truth.length).toBe(true);
      }),
    );
  });
});
