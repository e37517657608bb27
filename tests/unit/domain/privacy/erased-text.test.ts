import { describe, expect, it } from "vitest";
import { erasedName, withoutName } from "@/lib/domain/privacy/erased-text";

const erased = erasedName(7);
const without = (text: string, name: string) => withoutName(text, name, erased);

describe("a text without an erased account's name", () => {
  it.each([
    ["Anna was ill.", "anna", "Erased account 7 was ill."],
    ["ask ANNA, not (anna)", "anna", "ask Erased account 7, not (Erased account 7)"],
    ["CONTOSO\\anna forgot it", "CONTOSO\\Anna", "Erased account 7 forgot it"],
    ["anna forgot it", "CONTOSO\\Anna", "Erased account 7 forgot it"],
    ["anna@contoso.com called", "anna@contoso.com", "Erased account 7 called"],
    ["Zoe\u0301's key", "Zoé", "Erased account 7's key"],
    ["a$1 (b)", "a$1", "Erased account 7 (b)"],
    ["ends with anna", "anna", "ends with Erased account 7"],
    ["It was anna.", "anna", "It was Erased account 7."],
  ])("%j without %j reads %j", (text, name, expected) => {
    expect(without(text, name)).toBe(expected);
  });

  it.each([
    ["joanna and annabel", "anna"],
    ["anna.smith did it", "anna"],
    ["eva.anna did it", "anna"],
    ["write to anna@example.com", "anna"],
    ["Cafe\u0301 closed", "anna"],
    ["anna_admin", "anna"],
    ["trailing backslash", "CONTOSO\\"],
  ])("%j names no %j and stays as it is", (text, name) => {
    expect(without(text, name)).toBe(text);
  });
});
