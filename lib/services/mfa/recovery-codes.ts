import { randomBytes } from "node:crypto";
import { digestOf } from "@/lib/secret-box";

export const RECOVERY_CODE_COUNT = 10;
/** Without 0, 1, I and O, which look alike on paper. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH = 16;

/** Ten codes of 80 bits in groups of four, such as `7KQM-2X4R-…`: strong enough that a plain digest keeps them. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODE_COUNT }, () =>
    [...randomBytes(LENGTH)]
      .map((byte) => ALPHABET[byte % ALPHABET.length])
      .join("")
      .match(/.{4}/g)!
      .join("-"),
  );
}

/** What is stored of a code; case and everything but letters and digits make no difference. */
export function recoveryCodeDigest(code: string): string {
  return digestOf(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "")).toString("hex");
}
