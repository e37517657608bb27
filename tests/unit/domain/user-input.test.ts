import { describe, expect, it } from "vitest";
import { checkPassword } from "@/lib/domain/passwords";
import { usernameText } from "@/lib/domain/user-input";

const isAccepted = (name: string) => usernameText.safeParse(name).success;

describe("a username", () => {
  it.each([
    "anna",
    "Zoë",
    "jan-willem.2",
    "Анна",
    "山田たろう",
    "김철수",
    "أحمد",
    "Ελένη",
    "superadmin",
    "ivan_3",
  ])("may be %s", (name) => expect(isAccepted(name)).toBe(true));

  it.each([
    ["ten spaces", " ".repeat(10)],
    ["a Cyrillic letter among Latin ones", "sup\u0435radmin"],
    ["a Greek letter among Latin ones", "\u03BFscar"],
    ["a Latin letter among Cyrillic ones", "\u0410nna\u044F"],
    ["an invisible letter", "ad\u200Bmin"],
    ["a Hangul filler", "\u3164\u3164\u3164"],
    ["a control character", "super\u0000admin"],
    ["an address", "anna@example.com"],
  ])("is refused with %s", (_, name) => expect(isAccepted(name)).toBe(false));

  it("is folded to its everyday letters", () => {
    expect(usernameText.parse("  ａｎｎａ ")).toBe("anna");
    expect(usernameText.parse("Zoe\u0308")).toBe("Zoë");
  });

  it("is measured as it is stored", () => {
    expect(usernameText.parse("\uFB01".repeat(32))).toBe("fi".repeat(32));
    expect(isAccepted("\uFB01".repeat(33))).toBe(false);
    expect(isAccepted("e\u0301".repeat(64))).toBe(true);
  });
});

describe("a password", () => {
  const policy = {
    minLength: 10,
    requiresNumbersAndMixedCase: false,
    requiresSpecialCharacter: false,
    specialCharacters: "",
  };
  const broken = (password: string) =>
    checkPassword(password, policy, { username: "anna", email: "anna@example.com" })
      .filter(({ ok }) => !ok)
      .map(({ rule }) => rule);

  it("is refused when it is nothing but spaces", () => {
    expect(broken(" ".repeat(10))).toEqual(["not_blank"]);
    expect(broken("\u00A0\u2003\u3000".repeat(4))).toEqual(["not_blank"]);
    expect(broken("nine words")).toEqual([]);
  });
});
