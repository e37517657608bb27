import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { trimWhiteSpace } from "@/lib/domain/events/wire-text";

// The agent's tests read the same file, so both sides call the same name empty.
const { ranges, texts } = JSON.parse(readFileSync("agent/internal/event/testdata/trimmed.json", "utf8")) as {
  ranges: [string, string][];
  texts: { typed: string; kept: string }[];
};

const allUnits = Array.from({ length: 0x10000 }, (_, unit) => unit);

describe("what is trimmed from names", () => {
  it("is exactly the characters that the agent trims", () => {
    const listed = allUnits.filter((unit) =>
      ranges.some(([first, last]) => unit >= parseInt(first, 16) && unit <= parseInt(last, 16)),
    );
    expect(allUnits.filter((unit) => trimWhiteSpace(String.fromCharCode(unit)) === "")).toEqual(listed);
  });

  it.each(texts)("keeps $kept", ({ typed, kept }) => {
    expect(trimWhiteSpace(typed)).toBe(kept);
  });
});
