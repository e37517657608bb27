import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LOCALE_NAMES } from "@/lib/domain/locales";
import english from "@/messages/en.json";
import { pseudoText } from "../../../scripts/lib/pseudo-locale.mjs";
import { textLeaves, wantedBy } from "../../support/messages";

const texts = new Map(textLeaves(english));
const languages = readdirSync("messages")
  .filter((name) => name.endsWith(".json") && name !== "en.json" && name !== "en-XA.json")
  .map((name) => name.slice(0, -".json".length));

const readTexts = (language: string) =>
  textLeaves(JSON.parse(readFileSync(`messages/${language}.json`, "utf8")) as object);

it("names each language that has texts", () => {
  expect(["en", ...languages].toSorted()).toEqual(Object.keys(LOCALE_NAMES).toSorted());
});

describe.each(languages)("%s", (language) => {
  const translated = readTexts(language);

  it("has every text of English, and no other", () => {
    expect(translated.map(([key]) => key).toSorted()).toEqual([...texts.keys()].toSorted());
  });

  it("gives each the values of its text, and something to read", () => {
    const wrong = translated.filter(
      ([key, text]) =>
        text.trim() !== text ||
        text === "" ||
        wantedBy(text).join() !== wantedBy(texts.get(key) ?? "").join(),
    );
    expect(wrong).toEqual([]);
  });
});

it.each(["en", ...languages])("quotes nothing for ICU by accident: %s", (language) => {
  // There, an apostrophe before one of these signs makes it a plain character; ’ doesn't.
  expect(readTexts(language).filter(([, text]) => /'[{}#<]/.test(text))).toEqual([]);
});

it("keeps values, tags and plurals in the pseudo-locale, and changes every word", () => {
  const pseudo = new Map([...texts].map(([key, text]) => [key, pseudoText(text)]));
  for (const [key, text] of pseudo) expect([key, wantedBy(text)]).toEqual([key, wantedBy(texts.get(key)!)]);
  expect(pseudoText("{count, plural, one {# day <b>left</b>} other {# days}} for {name}")).toBe(
    "{count, plural, one {# đááýý <b>ļééfť</b>} other {# đááýýš}} fóóŕ {name}",
  );
});
