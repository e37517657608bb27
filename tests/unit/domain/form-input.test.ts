import { describe, expect, it } from "vitest";
import { optionalWholeNumber } from "@/lib/domain/form-input";
import { inEnglish } from "@/lib/english";

describe("an optional whole number", () => {
  const days = optionalWholeNumber(1, 36_500);

  it.each([
    [undefined, null],
    ["", null],
    ["  ", null],
    ["1", 1],
    [" 36500 ", 36_500],
  ])("reads %j as %j", (text, value) => {
    expect(days.parse(text)).toBe(value);
  });

  it.each(["0", "36501", "-1", "1.5", "nonsense", "1e3", "1234567890"])(
    "refuses %j and says what is wanted",
    (text) => {
      expect(days.safeParse(text).error?.issues.map(({ message }) => inEnglish(message))).toEqual([
        "Enter a whole number from 1 to 36,500.",
      ]);
    },
  );
});
