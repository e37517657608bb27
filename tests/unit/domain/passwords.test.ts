import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkNewPassword, isCommonPassword } from "@/lib/domain/common-passwords";
import { checkPassword, type PasswordPolicy } from "@/lib/domain/passwords";
import { inEnglish } from "@/lib/english";

const PLAIN: PasswordPolicy = {
  minLength: 10,
  requiresNumbersAndMixedCase: false,
  requiresSpecialCharacter: false,
  specialCharacters: "!#-_",
};
const STRICT: PasswordPolicy = {
  ...PLAIN,
  requiresNumbersAndMixedCase: true,
  requiresSpecialCharacter: true,
};
const OWNER = { username: "Anna.Smith", email: "anna@example.com" };

function broken(password: string, policy: PasswordPolicy): string[] {
  return checkPassword(password, policy, OWNER)
    .filter(({ ok }) => !ok)
    .map(({ rule }) => rule);
}

describe("the rules for a password", () => {
  it.each([
    ["", ["min_length", "not_owner"]],
    ["123456789", ["min_length"]],
    ["1234567890", []],
    ["          ", ["not_blank"]],
    ["😀".repeat(9), ["min_length"]],
    ["😀".repeat(10), []],
    ["пароль из слов", []],
    ["x".repeat(1024), []],
    ["x".repeat(1025), ["max_length"]],
    ["😀".repeat(1024), []],
    ["half a \ud83d character", ["well_formed"]],
    ["anna.smith", ["not_owner"]],
    ["ANNA.SMITH", ["not_owner"]],
    ["Anna@Example.com", ["not_owner"]],
    [" anna.smith ", ["not_owner"]],
    ["anna", ["min_length", "not_owner"]],
    ["Anna-Passw0rd!", []],
  ])("with length alone asked for, %j breaks %j", (password, rules) => {
    expect(broken(password, PLAIN)).toEqual(rules);
  });

  it.each([
    ["Correct-Horse-1", []],
    ["correct-horse-1", ["numbers_mixed_case"]],
    ["CORRECT-HORSE-1", ["numbers_mixed_case"]],
    ["Correct-Horse-One", ["numbers_mixed_case"]],
    ["CorrectHorse1", ["special_character"]],
    ["CorrectHorse1?", ["special_character"]],
    ["correct horse", ["numbers_mixed_case", "special_character"]],
    ["Überholspur_٣", []],
    ["日本語の合言葉です-1", ["numbers_mixed_case"]],
  ])("with everything asked for, %j breaks %j", (password, rules) => {
    expect(broken(password, STRICT)).toEqual(rules);
  });

  it("counts a special character outside the basic plane whole", () => {
    const policy = { ...STRICT, specialCharacters: "😀" };
    expect(broken("Correct Horse 1 😀", policy)).toEqual([]);
    expect(broken("Correct Horse 1 😁", policy)).toEqual(["special_character"]);
  });

  it("asks for no special character when the settings list none", () => {
    expect(broken("Correct Horse 1", { ...STRICT, specialCharacters: "" })).toEqual([]);
  });

  it("never goes below eight characters, whatever the settings say", () => {
    for (const minLength of [0, -5, 7]) {
      expect(broken("1234567", { ...PLAIN, minLength })).toEqual(["min_length"]);
      expect(broken("12345678", { ...PLAIN, minLength })).toEqual([]);
    }
  });

  it("does not take a password for a name that is not typed yet", () => {
    const rules = checkPassword("some long password", PLAIN, { username: "", email: "" });
    expect(rules.every(({ ok }) => ok)).toBe(true);
  });

  it("words every rule as a sentence a person can act on, once, in a steady order", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (password) => {
        const rules = checkNewPassword(password, STRICT, OWNER);
        const names = rules.map(({ rule }) => rule);
        expect(new Set(names).size).toBe(names.length);
        const shownWhenBroken = new Set(["max_length", "well_formed", "not_blank"]);
        expect(names.filter((name) => !shownWhenBroken.has(name))).toEqual([
          "min_length",
          "numbers_mixed_case",
          "special_character",
          "not_owner",
          "not_common",
        ]);
        const texts = rules.map(({ rule, values }) => inEnglish({ key: `passwordRules.${rule}`, values }));
        expect(texts.every((text) => /^[A-Z]/.test(text))).toBe(true);
      }),
    );
  });
});

describe("passwords that everybody uses", () => {
  it.each(["1234567890", "qwertyuiop", "Password123", "PASSWORD", "adminsuper", "AdminSuper", "winauthmon"])(
    "%s is refused",
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
      expect(checkNewPassword(password, PLAIN, OWNER).find(({ rule }) => rule === "not_common")?.ok).toBe(
        false,
      );
    },
  );

  it.each([
    "Anna-Passw0rd!",
    "correct horse battery staple",
    "Dora-Pässw0rd!",
    "constructor of bridges",
    "__proto__",
    "",
  ])("%j is not", (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });
});
