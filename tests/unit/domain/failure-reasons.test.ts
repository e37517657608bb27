import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeInFull, failureReason, reasonName, reasonText } from "@/lib/domain/failure-reasons";
import { renamedReason } from "@/lib/domain/former-reasons";
import type { Text } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";

const english = (text: string | Text | null) => text && inEnglish(text);

/** Code and a word its sentence must hold, written out apart from the code under test. */
const CODES: [number, RegExp][] = [
  [0xc000005e, /server/],
  [0xc0000022, /denied/],
  [0xc0000064, /username doesn't exist/],
  [0xc000006a, /Incorrect password/],
  [0xc000006c, /policy/],
  [0xc000006d, /username or password/],
  [0xc000006e, /restriction/],
  [0xc000006f, /time of day/],
  [0xc0000070, /this computer/],
  [0xc0000071, /password has expired/],
  [0xc0000072, /disabled/],
  [0xc000009a, /resources/],
  [0xc00000dc, /wrong state/],
  [0xc0000133, /clocks/],
  [0xc000015b, /in this way/],
  [0xc000018a, /trust secret/],
  [0xc000018b, /no account for this computer/],
  [0xc000018c, /two domains/],
  [0xc000018d, /computer and its domain/],
  [0xc0000192, /Netlogon/],
  [0xc0000193, /account has expired/],
  [0xc0000224, /must be changed/],
  [0xc0000225, /internal error/],
  [0xc0000234, /locked out/],
  [0xc00002ee, /error occurred/],
  [0xc0000371, /stored password/],
  [0xc0000413, /firewall/],
];

describe("why a logon failed", () => {
  it.each(CODES)("%d is told in words however it is written", (code, words) => {
    const hex = code.toString(16);
    const signed = code - 2 ** 32;
    const spellings = [
      code,
      String(code),
      signed,
      String(signed),
      `0x${hex}`,
      `0X${hex.toUpperCase()}`,
      hex,
      ` 0x${hex} `,
    ];
    for (const spelling of spellings) {
      expect(english(failureReason(spelling, null))).toMatch(words);
      expect(english(failureReason(null, spelling))).toMatch(words);
    }
  });

  it.each([
    ["0xC000006D", "0xC000006A", "Incorrect password"],
    ["0xC000006D", "0xC0000064", "The username doesn't exist"],
    ["0xC0000234", "0x0", "The account is locked out"],
    ["0xC0000234", "", "The account is locked out"],
    ["0xC000006D", "0xC0FFEE00", "Incorrect username or password"],
    ["0x12345", null, "Windows code 0x00012345"],
    ["0x1", "0x2", "Windows code 0x00000002"],
    [-1, null, "Windows code 0xFFFFFFFF"],
    ["0x0", "0x0", null],
    [0, null, null],
    [null, undefined, null],
    ["", " ", null],
    ["wrong password", "%%2313", null],
    ["0xC000006D0", "99999999999", null],
    [NaN, Infinity, null],
    [1.5, "1e3", null],
    ["constructor", "__proto__", null],
  ])("status %j with sub-status %j: %s", (status, subStatus, reason) => {
    expect(english(failureReason(status, subStatus))).toBe(reason);
  });

  it("answers any text without throwing, with one line or nothing", () => {
    const anything = fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(anything, anything, (status, subStatus) => {
        expect(english(failureReason(status, subStatus)) ?? "").toMatch(/^[A-Za-z0-9 ()']*$/);
      }),
    );
  });
});

it.each([
  ["0xC000006A", "0xC000006A (Incorrect password)"],
  ["-1073741715", "-1073741715 (Incorrect username or password)"],
  ["0x0", "0x0"],
  ["something", "something"],
  [null, null],
])("the code %j is shown in full as %j", (code, words) => expect(english(codeInFull(code))).toBe(words));

it.each([
  [false, "0xC000006D", "0xC000006A", "c000006a", "Incorrect password"],
  [false, "1", null, "00000001", "Windows code 0x00000001"],
  [true, "", "", "lockout", "The account was locked out"],
  [false, null, null, "none", "No reason given"],
])("lockout %j with codes %j and %j has the reason %s: %s", (isLockout, status, subStatus, name, words) => {
  expect(reasonName(isLockout, status, subStatus)).toBe(name);
  expect(inEnglish(reasonText(name))).toBe(words);
});

it.each(["", "raining", "constructor", "C000006A"])("leaves %j, which names no reason, as it is", (name) =>
  expect(reasonText(name)).toBe(name),
);

it.each([
  ["Sign-in is not allowed from this computer", "Logon isn't allowed from this computer"],
  ["The logon is not allowed from this computer", "Logon isn't allowed from this computer"],
  ["The user name or password was wrong", "Incorrect username or password"],
  ["The account has expired", "The account has expired"],
  ["c000006a", "Incorrect password"],
])("a saved view with the reason %j finds %j", (saved, words) => {
  expect(inEnglish(reasonText(renamedReason(saved)))).toBe(words);
});
