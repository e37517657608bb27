import { expect, it } from "vitest";
import { isWholeDay } from "@/components/lists/whole-day";

it.each([
  ["0002-05-25", false],
  ["0020-05-25", false],
  ["0202-05-25", false],
  ["2026-05-25", true],
  ["2026-02-30", false],
  ["9999-12-31", false],
  ["20265-05-25", false],
  ["", false],
])("takes %j for a day that is typed to its end: %j", (text, isWhole) => {
  expect(isWholeDay(text)).toBe(isWhole);
});
