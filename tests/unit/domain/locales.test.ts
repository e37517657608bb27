import { describe, expect, it } from "vitest";
import { acceptedLanguages, chooseLocale, isKnownWish } from "@/lib/domain/locales";

describe("the languages that a browser asks for", () => {
  it.each([
    ["de-AT,de;q=0.9,en;q=0.8", ["de-AT", "de", "en"]],
    ["en;q=0.2, fr, de;q=0.7", ["fr", "de", "en"]],
    ["en;q=0, *;q=0.5", []],
    ["", []],
    [null, []],
    ["<script>, en-GB ; q=0.5", ["en-GB"]],
    ["en;q=nonsense", []],
  ])("%s", (header, tags) => {
    expect(acceptedLanguages(header)).toEqual(tags);
  });
});

describe("the language of a reader", () => {
  it("is the first wish that is active", () => {
    expect(chooseLocale([null, "xx", "en-GB"])).toBe("en");
    expect(chooseLocale(["de-AT", "en"])).toBe("de");
  });
  it.each([
    ["de", true],
    ["de-AT", true],
    ["EN-us", true],
    ["en-XA", true],
    ["sv", false],
    ["", false],
    [null, false],
  ])("knows the wish %s: %s", (wish, isKnown) => {
    expect(isKnownWish(wish)).toBe(isKnown);
  });
  it("is English without one", () => {
    expect(chooseLocale([])).toBe("en");
    expect(chooseLocale([undefined, "", "xx-YY"])).toBe("en");
  });
});
