import { createHash } from "node:crypto";

/**
 * Marks a stored hash whose bcrypt input is not the password but its digest.
 *
 * bcrypt reads 72 bytes and repeats a key that ends in NUL, so `v2:$2b$…` is bcrypt over the base64 of the
 * password's SHA-256 (44 ASCII bytes). A bare `$2b$…`, as the original stored, is bcrypt over the password.
 */
const DIGEST_MARK = "v2:";
const BCRYPT_BYTES = 72;

function digestOf(password: string): string {
  return createHash("sha256").update(password, "utf8").digest("base64");
}

export interface PreparedPassword {
  /** Give this to bcrypt. */
  input: string;
  /** Put this in front of what bcrypt returns and store both as one text. */
  mark: string;
}

/**
 * What to hash for a new password, so that no byte of it is left out: itself when it fits into bcrypt's 72 bytes
 * of UTF-8 and holds no NUL, else its digest.
 */
export function preparePasswordForBcrypt(password: string): PreparedPassword {
  if (Buffer.byteLength(password, "utf8") <= BCRYPT_BYTES && !password.includes("\0")) {
    return { input: password, mark: "" };
  }
  return { input: digestOf(password), mark: DIGEST_MARK };
}

/** Give both to bcrypt's comparison. */
export interface BcryptComparison {
  input: string;
  hash: string;
}

/**
 * How to compare a typed password with a stored hash of either scheme.
 *
 * Over a bare hash the original's users with more than 72 bytes get in by the first 72, as they did there.
 * A NUL was never part of such a password, and bcrypt would take "a\0a" for "a", so its digest is compared instead.
 */
export function comparisonFor(password: string, stored: string): BcryptComparison {
  if (stored.startsWith(DIGEST_MARK))
    return { input: digestOf(password), hash: stored.slice(DIGEST_MARK.length) };
  return { input: password.includes("\0") ? digestOf(password) : password, hash: stored };
}
