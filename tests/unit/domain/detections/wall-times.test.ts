import fc from "fast-check";
import { expect, it } from "vitest";
import { addMinute, hasNear, minutesOf, SEEN_DAYS, timeOfDayApart } from "@/lib/domain/detections/wall-times";

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

/** As minutes were packed before: five digits of base 36 each, the oldest first. */
const inOlderForm = (minutes: readonly number[]) =>
  minutes.map((minute) => minute.toString(36).padStart(5, "0")).join("");

/** What stays of minutes that are added one after another, by numbers alone. */
function keptOf(minutes: readonly number[], most: number): number[] {
  let kept: number[] = [];
  for (const minute of minutes) {
    const quarters = byQuarter([...kept, minute].toSorted((a, b) => a - b));
    const ends = [...quarters.values()].flatMap((own) => (own.length === 1 ? own : [own[0]!, own.at(-1)!]));
    kept = ends.filter((one) => one >= ends.at(-1)! - (SEEN_DAYS + 1) * DAY).slice(-most);
  }
  return kept;
}

/** Minutes of many weeks, some of the same quarters, in any order. */
const ofManyWeeks = fc.array(
  fc
    .tuple(fc.nat(70), fc.constantFrom(0, 1, 7, 14, 15, 29, 510, 511, 524, 1_439))
    .map(([day, minute]) => (FIRST_DAY + day) * DAY + minute),
  { minLength: 1, maxLength: 60 },
);

it("keeps what is in sight, whatever lies between and in whichever order it came", () => {
  fc.assert(
    fc.property(ofManyWeeks, fc.integer({ min: 1, max: 40 }), (minutes, most) => {
      const packed = minutes.reduce((all, minute) => addMinute(all, minute, most), "");
      expect(minutesOf(packed)).toEqual(keptOf(minutes, most));
    }),
  );
});

it("goes on with minutes that were packed in the older form", () => {
  const anyWall = fc.nat(DAY - 1).map((minute) => (FIRST_DAY + 71) * DAY + minute);
  fc.assert(
    fc.property(ofManyWeeks, ofManyWeeks, anyWall, (earlier, later, wall) => {
      const kept = keptOf(earlier, 1_000);
      const older = inOlderForm(kept);
      expect(minutesOf(older)).toEqual(kept);
      const near = [15, 60, 360].map((minutes) => hasNear(older, wall, FIRST_DAY, minutes));
      expect(near).toEqual(
        [15, 60, 360].map((minutes) => hasNear(packedOf(earlier), wall, FIRST_DAY, minutes)),
      );
      const packed = later.reduce((all, minute) => addMinute(all, minute, 1_000), older);
      expect(packed).toBe(packedOf([...earlier, ...later]));
    }),
  );
});

it("takes a minute of before 1970 for the first of all, and holds those of the next centuries", () => {
  expect(minutesOf(addMinute("", -5, 10))).toEqual([0]);
  const far = 400 * 366 * DAY;
  expect(minutesOf(addMinute(addMinute("", far - 1_000, 10), far, 10))).toEqual([far - 1_000, far]);
});

it("holds the starts of an account that is always busy in a quarter of the room", () => {
  let packed = "";
  for (let minute = FIRST_DAY * DAY; minute < (FIRST_DAY + 20) * DAY; minute += 3) {
    packed = addMinute(packed, minute, 4_000);
  }
  const minutes = minutesOf(packed);
  expect(minutes).toHaveLength(20 * 96 * 2);
  expect(packed.length * 4).toBeLessThan(inOlderForm(minutes).length);
});
