import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonInstant, jsonInstants } from "@/lib/export/json";

/** Everything that a timestamptz of an event can hold, and years before 1 and after 9999, which are written longer. */
const epochMs = fc.integer({ min: -8.64e15, max: 8.64e15 });

describe("jsonInstants", () => {
  it("writes each instant as jsonInstant does, whatever was written before", () => {
    const close = fc.tuple(epochMs, fc.array(fc.integer({ min: -2 * 86_400_000, max: 2 * 86_400_000 })));
    fc.assert(
      fc.property(close, fc.boolean(), ([first, steps], isWhole) => {
        const write = jsonInstants();
        const instants = [first, ...steps.map((step) => first + step)]
          .map((at) => (isWhole ? Math.floor(at / 1000) * 1000 : at))
          .filter((at) => Math.abs(at) <= 8.64e15);
        expect(instants.map(write)).toEqual(instants.map(jsonInstant));
      }),
    );
  });

  it("leaves milliseconds out where there are none", () => {
    const write = jsonInstants();
    const day = Date.UTC(2026, 1, 28);
    expect([day, day + 86_399_000, day + 86_400_000, day - 1].map(write)).toEqual([
      "2026-02-28T00:00:00Z",
      "2026-02-28T23:59:59Z",
      "2026-03-01T00:00:00Z",
      "2026-02-27T23:59:59.999Z",
    ]);
  });
});
