import { describe, expect, it } from "vitest";
import { fullIndexBytes, isHalfEmpty } from "@/lib/domain/operations/index-room";

const four = { bytes: 4, alignment: 4 };
const eight = { bytes: 8, alignment: 8 };
const MEBIBYTE = 2 ** 20;

describe("the room of a full index", () => {
  it.each([
    // As PostgreSQL writes them anew.
    ["company, account, time", [four, four, eight], 90, 31.6],
    ["company, time: aligned to eight", [four, eight], 90, 31.6],
    [
      "all that the time engine reads",
      [four, four, eight, eight, four, { bytes: 2, alignment: 2 }],
      100,
      44.8,
    ],
  ])("counts heads, alignment and bounds of pages: %s", (_, columns, fillPercent, bytesPerRow) => {
    expect(fullIndexBytes(1_000_000, columns, fillPercent) / 1_000_000).toBeCloseTo(bytesPerRow, 0);
  });

  it("is never nothing", () => {
    expect(fullIndexBytes(0, [four], 90)).toBeGreaterThan(0);
  });
});

describe("an index is rebuilt", () => {
  it.each([
    ["by a quarter and a mebibyte larger", 13 * MEBIBYTE + 1, 10 * MEBIBYTE, true],
    ["large, but nearly full", 1_200 * MEBIBYTE, 1_000 * MEBIBYTE, false],
    ["half empty, but small", 1 * MEBIBYTE, 0.5 * MEBIBYTE, false],
    ["smaller than expected, as equal entries share one", 5 * MEBIBYTE, 10 * MEBIBYTE, false],
  ])("%s: %i of %i bytes", (_, bytes, fullBytes, expected) => {
    expect(isHalfEmpty(bytes, fullBytes)).toBe(expected);
  });
});
