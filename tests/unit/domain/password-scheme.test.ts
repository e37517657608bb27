import bcrypt from "bcrypt";
import { describe, expect, it } from "vitest";
import { comparisonFor, preparePasswordForBcrypt } from "@/lib/domain/password-scheme";

const COST = 4;

async function store(password: string): Promise<string> {
  const { input, mark } = preparePasswordForBcrypt(password);
  return mark + (await bcrypt.hash(input, COST));
}

async function fits(password: string, stored: string): Promise<boolean> {
  const { input, hash } = comparisonFor(password, stored);
  return bcrypt.compare(input, hash);
}

const PASSWORDS = [
  "adminsuper",
  "Dora-Pässw0rd!",
  "x".repeat(71),
  "x".repeat(72),
  "x".repeat(73),
  "😀".repeat(18),
  "😀".repeat(19),
  "x".repeat(1024),
  "😀".repeat(1024),
  "before\0after",
  "\0",
  "v2:password",
];

describe("stored passwords", () => {
  it.each(PASSWORDS)(
    "let in who types them again, and nobody who types more or less (%#)",
    async (password) => {
      const stored = await store(password);
      expect(await fits(password, stored)).toBe(true);
      expect(await fits(password.slice(0, -1), stored)).toBe(false);
      expect(await fits(`${password.slice(0, -1)}y`, stored)).toBe(false);
      expect(await fits(`\0${password}`, stored)).toBe(false);
    },
  );

  it.each(["x".repeat(73), "x".repeat(500), "😀".repeat(19), "before\0after"])(
    "count every byte of what bcrypt would cut off (%#)",
    async (password) => {
      const stored = await store(password);
      expect(stored).toMatch(/^v2:\$2b\$/);
      expect(await fits(`${password}z`, stored)).toBe(false);
      expect(await fits(`${password.slice(0, -1)}z`, stored)).toBe(false);
    },
  );

  it.each(["adminsuper", "Dora-Pässw0rd!", "x".repeat(72)])(
    "stay plain bcrypt where that is enough (%#)",
    async (password) => {
      const stored = await store(password);
      expect(stored).toMatch(/^\$2b\$/);
      expect(await bcrypt.compare(password, stored)).toBe(true);
    },
  );

  it("of the original are verified as they stand, those over 72 bytes by the part it kept", async () => {
    const original = await bcrypt.hash("Anna-Passw0rd!", COST);
    expect(await fits("Anna-Passw0rd!", original)).toBe(true);
    expect(await fits("Anna-Passw0rd", original)).toBe(false);
    const long = await bcrypt.hash("x".repeat(100), COST);
    expect(await fits("x".repeat(100), long)).toBe(true);
  });

  it("are not fooled by a NUL, over which bcrypt repeats the password", async () => {
    const original = await bcrypt.hash("abc", COST);
    expect(await bcrypt.compare("abc\0abc", original)).toBe(true);
    expect(await fits("abc\0abc", original)).toBe(false);
  });

  it("do not let the digest of a long password in as a password", async () => {
    const password = "x".repeat(100);
    const { input } = preparePasswordForBcrypt(password);
    expect(await fits(input, await store(password))).toBe(false);
  });
});
