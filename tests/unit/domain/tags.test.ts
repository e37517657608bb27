import { expect, it } from "vitest";
import { nameKey } from "@/lib/domain/events/wire";
import { matchesPattern, tagsOf, type Tag, type TagPattern } from "@/lib/domain/tags";
import { patternForm } from "@/lib/domain/tag-form";

it.each([
  ["svc-backup", "svc-*", true],
  ["SVC-Backup", "svc-*", true],
  ["svc", "svc-*", false],
  ["svc-", "svc-*", true],
  ["CORP\\svc-backup", "svc-*", true],
  ["CORP\\svc-backup", "corp\\svc-*", true],
  ["OTHER\\svc-backup", "corp\\*", false],
  ["anna", "ann?", true],
  ["ann", "ann?", false],
  ["anna.svc", "*svc", true],
  ["anna", "anna", true],
  ["annabel", "anna", false],
  ["a.b", "a?b", true],
  ["axb", "a.b", false],
  ["abcabd", "*abd", true],
  ["abcabd", "a*b*d", true],
  ["STRASSE", "straße", false],
  ["Ä", "ä", true],
])("%s and %s: %s", (name, pattern, expected) => {
  expect(matchesPattern(nameKey(name), nameKey(pattern))).toBe(expected);
});

it("no pattern takes long, whoever wrote it", () => {
  expect(matchesPattern("a".repeat(255), `${"*a".repeat(127)}b`)).toBe(false);
});

it("a tag given or taken by hand goes before the patterns", () => {
  const patterns: TagPattern[] = [{ tag: "service-account", patternKey: "svc-*" }];
  const tags: Tag[] = ["service-account", "administrator"];
  const of = (name: string, ...hand: [Tag, boolean][]) =>
    tagsOf(
      name,
      tags,
      patterns,
      hand.map(([tag, hasTag]) => ({ tag, hasTag })),
    );
  expect(of("svc-a")).toEqual(["service-account"]);
  expect(of("svc-a", ["service-account", false])).toEqual([]);
  expect(of("anna", ["administrator", true])).toEqual(["administrator"]);
  expect(of("svc-a", ["administrator", true])).toEqual(["service-account", "administrator"]);
});

it("a pattern of nothing but wildcards would tag everybody and is refused", () => {
  const read = (pattern: string) => patternForm.safeParse({ tag: "administrator", pattern }).success;
  expect(["*", "**", "? *", ""].map(read)).toEqual([false, false, false, false]);
  expect(read("adm-*")).toBe(true);
});
