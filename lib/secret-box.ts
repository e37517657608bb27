import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

const IV_BYTES = 12;
const TAG_BYTES = 16;
const keys = new Map<string, Buffer>();

/**
 * `sign-in`: short-lived proofs handed from one step of a sign-in or set-up to the next. `channel`: addresses and
 * secrets of notification channels. `browser`: the cookie that says who has signed in with a browser before.
 * `unsubscribe`: links in mails that end them.
 */
export type SecretPurpose = "api-key" | "mfa" | "sign-in" | "channel" | "browser" | "unsubscribe";

/** One 256-bit key a purpose, drawn from AUTH_SECRET by HKDF, so that a leak of one kind of ciphertext tells nothing of another. */
function keyFor(purpose: SecretPurpose): Buffer {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error("AUTH_SECRET is not set, so stored secrets cannot be read or written.");
  const name = `${purpose}:${secret}`;
  let key = keys.get(name);
  if (!key) {
    key = Buffer.from(hkdfSync("sha256", secret, "winauthmon", purpose, 32));
    keys.set(name, key);
  }
  return key;
}

/** Encrypts with AES-256-GCM: 12 bytes of nonce, 16 of tag, then the ciphertext. */
export function seal(plain: string, purpose: SecretPurpose): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), iv);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** @throws Error when the bytes were sealed under another AUTH_SECRET or changed since. */
export function unseal(sealed: Uint8Array, purpose: SecretPurpose): string {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}

/** SHA-256 of an API key or one-time token; what is stored and looked up in its place. */
export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
