import fc from "fast-check";
import { expect, it } from "vitest";
import { meetingOthers } from "@/lib/domain/time-spent/overlaps";

const anyTimes = fc.array(
  fc
    .record({
      place: fc.integer({ min: 0, max: 2 }),
      start: fc.integer({ min: 0, max: 60 }),
      length: fc.nat(8),
    })
    .map(({ place, start, length }) => ({ place, start, end: start + length })),
  { maxLength: 20 },
);

it("finds exactly the times that overlap or touch one at another place", () => {
  fc.assert(
    fc.property(anyTimes, (times) => {
      const expected = times.filter((own) =>
        times.some(({ place, start, end }) => place !== own.place && start <= own.end && end >= own.start),
      );
      expect(new Set(meetingOthers(times))).toEqual(new Set(expected));
      expect(meetingOthers(times)).toHaveLength(expected.length);
    }),
    { numRuns: 2_000 },
  );
});
