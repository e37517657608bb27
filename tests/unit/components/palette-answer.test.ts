import { expect, it } from "vitest";
import { keptAnswer, shownAnswer, type PaletteAnswer } from "@/components/layout/palette-answer";
import type { PaletteResult } from "@/lib/domain/nav-model";

const named = (label: string, id: number): PaletteResult => ({
  type: "account",
  id,
  label,
  href: `/1/accounts/${id}`,
});
const ANNA = { query: "ann", companyId: "1" };
const answer: PaletteAnswer = {
  ...ANNA,
  results: [named("anna", 5), named("Annegret", 6)],
  hasFailed: false,
};
const failed: PaletteAnswer = { ...ANNA, results: [], hasFailed: true };
const NOTHING = { results: [], hasFailed: false };

it("shows the answer to the words, and nothing before there is one", () => {
  expect(shownAnswer(answer, ANNA)).toEqual({
    results: answer.results,
    isSearching: false,
    hasFailed: false,
  });
  expect(shownAnswer(null, ANNA)).toEqual({ ...NOTHING, isSearching: true });
  expect(shownAnswer(failed, ANNA)).toEqual({ results: [], isSearching: false, hasFailed: true });
});

it("shows, while it searches, what of the last answer the further words find", () => {
  expect(shownAnswer(answer, { ...ANNA, query: "anne" })).toEqual({
    results: [named("Annegret", 6)],
    isSearching: true,
    hasFailed: false,
  });
});

it.each(["2", "all"])(
  "offers nothing of the company that was in view before %s, with the same words",
  (companyId) => {
    const question = { ...ANNA, companyId };
    expect(shownAnswer(answer, question)).toEqual({ ...NOTHING, isSearching: true });
    expect(shownAnswer(failed, question)).toEqual({ ...NOTHING, isSearching: true });
  },
);

it("forgets what it knows once the words are gone, and a failure once they change", () => {
  expect(keptAnswer(answer, ANNA)).toBe(answer);
  expect(keptAnswer(answer, { ...ANNA, query: "anna" })).toBe(answer);
  expect(keptAnswer(answer, null)).toBeNull();
  expect(keptAnswer(answer, { ...ANNA, companyId: "2" })).toBeNull();
  expect(keptAnswer(failed, ANNA)).toBe(failed);
  expect(keptAnswer(failed, { ...ANNA, query: "anna" })).toBeNull();
  expect(shownAnswer(answer, null)).toEqual({ ...NOTHING, isSearching: false });
});
