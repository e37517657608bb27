import fc from "fast-check";
import { expect, test } from "vitest";
import { roundTicks } from "@/lib/domain/round-ticks";

test.each([
  [0, [0, 1]],
  [3, [0, 1, 2, 3]],
  [140, [0, 50, 100, 150]],
  [23, [0, 10, 20, 30]],
  [1000, [0, 500, 1000]],
])("an axis up to %i has the ticks %j", (max, ticks) => expect(roundTicks(max)).toEqual(ticks));

test("whatever the highest value, ticks are few, even, whole and reach it", () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), (max) => {
      const ticks = roundTicks(max);
      const step = ticks[1]!;
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks).toEqual(ticks.map((_, place) => place * step));
      expect(String(step)).toMatch(/^[125]0*$/);
      expect(ticks.at(-1)!).toBeGreaterThanOrEqual(max);
    }),
  );
});
