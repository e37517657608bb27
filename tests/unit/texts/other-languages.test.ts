import { expect, it } from "vitest";
import german from "@/messages/de.json";
import english from "@/messages/en.json";
import { textLeaves, wantedBy } from "../../support/messages";

const areas = Object.keys(english) as (keyof typeof english)[];
const texts = new Map(textLeaves(english));

it("has the same areas in each language", () => {
  expect(Object.keys(german).toSorted()).toEqual(areas.toSorted());
});

it.each(areas)("translates all of an area once it begins one: %s", (area) => {
  const translated = textLeaves(german[area]).map(([key]) => key);
  const wanted = translated.length === 0 ? [] : textLeaves(english[area]).map(([key]) => key);
  expect(translated.toSorted()).toEqual(wanted.toSorted());
});

it("gives a translation the values of its text, and something to read", () => {
  const wrong = textLeaves(german).filter(
    ([key, text]) =>
      text.trim() !== text || text === "" || wantedBy(text).join() !== wantedBy(texts.get(key) ?? "").join(),
  );
  expect(wrong).toEqual([]);
});
