import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packIpv4, storedAddresses } from "@/lib/domain/events/ipv4";

/** As PostgreSQL spells it: `'128.0.0.0'::inet` plus the number. */
function spell(packed: number): string {
  const address = packed + 2 ** 31;
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}

describe("an address is stored as a number", () => {
  it.each([
    ["0.0.0.0", -2_147_483_648],
    ["127.255.255.255", -1],
    ["128.0.0.0", 0],
    ["203.0.113.7", 1_258_320_135],
    ["255.255.255.255", 2_147_483_647],
  ])("%s", (text, packed) => {
    expect(packIpv4(text)).toBe(packed);
    expect(spell(packed)).toBe(text);
  });

  it.each([
    "",
    "-",
    ".",
    "10.0.0",
    "10.0.0.",
    ".10.0.0.1",
    "10..0.1",
    "10.0.0.1.1",
    "10.0.0.256",
    "010.0.0.1",
    "10.0.0.00",
    " 10.0.0.1",
    "10.0.0.1 ",
    "10.0.0.1/8",
    "10.0.0.1,10.0.0.2",
    "+1.0.0.1",
    "١.0.0.1",
    "fe80::1%eth0",
    "::ffff:10.0.0.1",
    "workstation-7",
  ])("unless it would not come back as it was: %j", (text) => {
    expect(packIpv4(text)).toBeNull();
  });

  it("whatever it is: text and number are never both there, and it comes back as it was", () => {
    const part = fc.oneof(fc.nat(300).map(String), fc.constantFrom("", "00", "01", "a", "-1"));
    const anyAddress = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string(),
      fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join(".")),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(anyAddress), (addresses) => {
        const { packed, texts } = storedAddresses(addresses);
        const back = addresses.map((_, n) => (packed[n] === null ? texts[n] : spell(packed[n]!)));
        expect(back).toEqual(addresses);
        expect(addresses.filter((_, n) => packed[n] !== null && texts[n] !== null)).toEqual([]);
      }),
    );
  });
});
