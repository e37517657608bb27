import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minusIntervals, unionIntervals } from "@/lib/domain/time-spent/intervals";
import { splitAtMidnights } from "../../../support/split-at-midnights";
import { ianaZone } from "@/lib/domain/zones";

const anySpans = fc
  .array(fc.tuple(fc.nat(40), fc.nat(10)), { maxLength: 12 })
  .map((pairs) => pairs.flatMap(([from, length]) => [from, from + length]));

function covers(spans: readonly number[], unit: number): boolean {
  for (let index = 0; index < spans.length; index += 2) {
    if (spans[index]! <= unit && unit < spans[index + 1]!) return true;
  }
  return false;
}

const units = Array.from({ length: 60 }, (_, unit) => unit);

describe("spans of time", () => {
  it.each([
    [[], []],
    [[5, 5], []],
    [
      [1, 2, 2, 3],
      [1, 3],
    ],
    [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
    [
      [3, 4, 1, 2],
      [1, 2, 3, 4],
    ],
    [
      [1, 9, 2, 3],
      [1, 9],
    ],
    [
      [2, 3, 1, 9, 8, 12],
      [1, 12],
    ],
  ])("unite %j to %j", (spans, merged) => {
    expect(unionIntervals(spans)).toEqual(merged);
  });

  it.each([
    [[1, 9], [], [1, 9]],
    [[1, 9], [0, 10], []],
    [[1, 9], [1, 9], []],
    [
      [1, 9],
      [3, 4, 5, 6],
      [1, 3, 4, 5, 6, 9],
    ],
    [
      [1, 3, 5, 9],
      [2, 6],
      [1, 2, 6, 9],
    ],
    [
      [1, 3, 5, 9],
      [3, 5],
      [1, 3, 5, 9],
    ],
    [[1, 2, 3, 4, 5, 6], [0, 10], []],
  ])("%j without %j is %j", (whole, taken, rest) => {
    expect(minusIntervals(whole, taken)).toEqual(rest);
  });

  it("keep every unit that a slow count would keep, ascending and apart", () => {
    fc.assert(
      fc.property(anySpans, anySpans, (one, other) => {
        const whole = unionIntervals(one);
        const taken = unionIntervals(other);
        const rest = minusIntervals(whole, taken);
        for (const unit of units) {
          expect(covers(whole, unit)).toBe(covers(one, unit));
          expect(covers(rest, unit)).toBe(covers(one, unit) && !covers(other, unit));
        }
        expect(whole.every((at, index) => index === 0 || at > whole[index - 1]!)).toBe(true);
        expect(rest.every((at, index) => index === 0 || at > rest[index - 1]!)).toBe(true);
      }),
    );
  });
});

describe("splitting at midnights", () => {
  const utc = (text: string) => Date.parse(text);

  it("cuts at local midnights, oldest first, without gap or overlap", () => {
    const zone = ianaZone("Europe/London");
    expect(splitAtMidnights({ from: utc("2025-10-25T21:00Z"), to: utc("2025-10-27T01:00Z") }, zone)).toEqual([
      { date: "2025-10-25", from: utc("2025-10-25T21:00Z"), to: utc("2025-10-25T23:00Z") },
      { date: "2025-10-26", from: utc("2025-10-25T23:00Z"), to: utc("2025-10-27T00:00Z") },
      { date: "2025-10-27", from: utc("2025-10-27T00:00Z"), to: utc("2025-10-27T01:00Z") },
    ]);
  });

  it("leaves out the day that Samoa skipped", () => {
    const stretch = { from: utc("2011-12-30T08:00Z"), to: utc("2011-12-30T12:00Z") };
    expect(splitAtMidnights(stretch, ianaZone("Pacific/Apia")).map((piece) => piece.date)).toEqual([
      "2011-12-29",
      "2011-12-31",
    ]);
  });

  it("gives one piece to a stretch that ends at midnight and none to an empty one", () => {
    const zone = ianaZone("UTC");
    const midnight = utc("2025-05-27T00:00Z");
    expect(splitAtMidnights({ from: midnight - 1, to: midnight }, zone)).toHaveLength(1);
    expect(splitAtMidnights({ from: midnight, to: midnight }, zone)).toEqual([]);
    expect(splitAtMidnights({ from: midnight + 1, to: midnight }, zone)).toEqual([]);
  });
});
