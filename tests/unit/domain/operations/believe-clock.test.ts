import fc from "fast-check";
import { expect, it } from "vitest";
import { judgeClock, type ClockSightings } from "@/lib/domain/operations/believe-clock";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 30, 1);
const hoursAgo = (last: number | null, doubted: number | null = null): ClockSightings => ({
  last: last === null ? null : NOW - last * HOUR,
  doubted: doubted === null ? null : NOW - doubted * HOUR,
});

it.each([
  ["before the first look", hoursAgo(null)],
  ["a day after the last", hoursAgo(24)],
  ["three days after the last", hoursAgo(72)],
  ["an hour after the last, though it was doubted since", hoursAgo(1, -5_000)],
  ["before the last, which a clock that was ahead has noted", hoursAgo(-8_760)],
  ["20 hours after it was first doubted", hoursAgo(8_760, 20)],
  ["weeks after it was first doubted, for the portal was off again", hoursAgo(8_760, 500)],
])("the clock is believed %s", (_, sightings) => {
  expect(judgeClock(NOW, sightings)).toEqual({ isBelieved: true });
});

it.each([
  ["for the first time", hoursAgo(72.1), NOW],
  ["a year after the last look", hoursAgo(8_760), NOW],
  ["for less than 20 hours", hoursAgo(8_760, 19.9), NOW - 19.9 * HOUR],
  ["anew, where what was doubted lies ahead", hoursAgo(200, -5_000), NOW],
  ["anew, where what was doubted came before the last look", hoursAgo(200, 300), NOW],
])("the clock is doubted %s", (_, sightings, doubted) => {
  expect(judgeClock(NOW, sightings)).toEqual({ isBelieved: false, doubted });
});

it("a right clock is believed at the second look that is 20 hours after the first, however long the portal was off", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 20, max: 20_000 }),
      fc.option(fc.integer({ min: -20_000, max: 20_000 }), { nil: null }),
      (off, between, doubted) => {
        const sightings = hoursAgo(off, doubted);
        const first = judgeClock(NOW, sightings);
        const noted = first.isBelieved ? sightings.doubted : first.doubted;
        const second = judgeClock(NOW + between * HOUR, { last: sightings.last, doubted: noted });
        expect(first.isBelieved || second.isBelieved).toBe(true);
      },
    ),
  );
});
