import { expect, it } from "vitest";
import german from "@/messages/de.json";
import english from "@/messages/en.json";
import { pseudoText } from "../../../scripts/lib/pseudo-locale.mjs";
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

it("keeps values, tags and plurals in the pseudo-locale, and changes every word", () => {
  const pseudo = new Map(textLeaves(english).map(([key, text]) => [key, pseudoText(text)]));
  for (const [key, text] of pseudo) expect([key, wantedBy(text)]).toEqual([key, wantedBy(texts.get(key)!)]);
  expect(pseudoText("{count, plural, one {# day <b>left</b>} other {# days}} for {name}")).toBe(
    "{count, plural, one {# đááýý <b>ļééfť</b>} other {# đááýýš}} fóóŕ {name}",
  );
});
