import fc from "fast-check";
import { expect, it } from "vitest";
import { addMinute, hasNear, minutesOf, timeOfDayApart } from "@/lib/domain/detections/wall-times";

const DAY = 1_440;
const FIRST_DAY = 20_000;
/** Minutes of a few days, many of them in the same hours. */
const anyMinutes = fc.array(
  fc
    .record({ day: fc.nat(5), hour: fc.constantFrom(8, 9, 23), minute: fc.nat(59) })
    .map(({ day, hour, minute }) => (FIRST_DAY + day) * DAY + hour * 60 + minute),
  { minLength: 1, maxLength: 80 },
);
function byQuarter(minutes: readonly number[]): Map<number, number[]> {
  const quarters = new Map<number, number[]>();
  for (const minute of minutes) {
    const quarter = Math.floor(minute / 15);
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), minute]);
  }
  return quarters;
}
const packedOf = (minutes: readonly number[]) =>
  minutes.reduce((packed, minute) => addMinute(packed, minute, 1_000), "");

it("keeps at most two minutes of a quarter of an hour, in order", () => {
  fc.assert(
    fc.property(anyMinutes, (minutes) => {
      const kept = minutesOf(packedOf(minutes));
      expect(kept).toEqual(kept.toSorted((a, b) => a - b));
      const quarters = byQuarter(kept);
      const asked = byQuarter(minutes);
      for (const [quarter, own] of asked) {
        const ends = own.length === 1 ? own : [Math.min(...own), Math.max(...own)];
        expect(quarters.get(quarter)).toEqual(ends);
      }
      expect(quarters.size).toBe(asked.size);
    }),
  );
});

it("tells how near a time of day is as all minutes would", () => {
  const anyWall = fc.nat(DAY - 1).map((minute) => (FIRST_DAY + 6) * DAY + minute);
  fc.assert(
    fc.property(anyMinutes, anyWall, fc.integer({ min: 15, max: 360 }), (minutes, wall, within) => {
      const isNear = minutes.some((minute) => timeOfDayApart(minute, wall) <= within);
      expect(hasNear(packedOf(minutes), wall, FIRST_DAY, within)).toBe(isNear);
    }),
  );
});

it("gives up the oldest beyond as many as are asked for", () => {
  const minutes = [0, 20, 40, 60].map((minute) => FIRST_DAY * DAY + minute);
  const packed = minutes.reduce((all, minute) => addMinute(all, minute, 3), "");
  expect(minutesOf(packed)).toEqual(minutes.slice(1));
});
