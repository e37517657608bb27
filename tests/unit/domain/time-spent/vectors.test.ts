import { describe, expect, it } from "vitest";
import { computeTimeSpent } from "@/lib/domain/time-spent/compute-time-spent";
import vectors from "@/tests/vectors/time-spent.json";
import { toEvents, toOptions, toVectorRow } from "./vector-support";

describe("the contract's worked cases", () => {
  it.each(vectors)("$name", ({ options, events: named, rows }) => {
    const { events, names } = toEvents(named);
    expect(computeTimeSpent(events, toOptions(options), names).map(toVectorRow)).toEqual(rows);
  });

  it("are all there", () => {
    expect(vectors).toHaveLength(20);
  });
});
