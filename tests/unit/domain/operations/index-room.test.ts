import { describe, expect, it } from "vitest";
import { fullIndexBytes, isWorthRebuilding } from "@/lib/domain/operations/index-room";

const four = { bytes: 4, alignment: 4 };
const eight = { bytes: 8, alignment: 8 };
const MEBIBYTE = 2 ** 20;

describe("the room of a full index", () => {
  it.each([
    // As PostgreSQL writes them anew.
    ["company, account, time", [four, four, eight], 28.5],
    ["company, time: aligned to eight", [four, eight], 28.5],
    ["all that the time engine reads", [four, four, eight, eight, four, { bytes: 2, alignment: 2 }], 44.8],
  ])("counts heads, alignment and bounds of pages: %s", (_, columns, bytesPerRow) => {
    expect(fullIndexBytes(1_000_000, columns) / 1_000_000).toBeCloseTo(bytesPerRow, 0);
  });

  it("is never nothing", () => {
    expect(fullIndexBytes(0, [four])).toBeGreaterThan(0);
  });
});

describe("an index is rebuilt", () => {
  it.each([
    ["a tenth and half a mebibyte larger", 11.1 * MEBIBYTE, 10 * MEBIBYTE, true],
    ["large, but nearly full", 1_080 * MEBIBYTE, 1_000 * MEBIBYTE, false],
    ["half empty, but small", 0.8 * MEBIBYTE, 0.4 * MEBIBYTE, false],
    ["smaller than expected, as equal entries share one", 5 * MEBIBYTE, 10 * MEBIBYTE, false],
  ])("%s: %i of %i bytes", (_, bytes, fullBytes, expected) => {
    expect(isWorthRebuilding(bytes, fullBytes)).toBe(expected);
  });
});
