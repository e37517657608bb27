import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "./errors";
import { keyIdOf, refreshSecrets, secretsInForce } from "./secrets-in-force";

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Begins every sealed value that names its key. Values without it are from before secrets could be rotated. */
const MARK = Buffer.from("WAM1");
/** Mark and key id; a multiple of three, so that it is a prefix of the base64 text as well. */
const HEADER_BYTES = 12;
const keys = new Map<string, Buffer>();

/**
 * `sign-in`: short-lived proofs handed from one step of a sign-in or set-up to the next. `channel`: addresses and
 * secrets of notification channels. `browser`: the cookie that says who has signed in with a browser before.
 * `unsubscribe`: links in mails that end them. `mail-link`: tokens of links in mails to one person. `typed-login`:
 * codes of logins that no user has. What is stored is listed in db/queries/global/sealed-columns.ts.
 */
export type SecretPurpose =
  | "api-key"
  | "mfa"
  | "sign-in"
  | "channel"
  | "browser"
  | "unsubscribe"
  | "mail-link"
  | "typed-login";

/** One 256-bit key a purpose, drawn from the secret by HKDF, so that a leak of one kind of ciphertext tells nothing of another. */
function keyFor(secret: string, purpose: SecretPurpose): Buffer {
  const name = `${purpose}:${secret}`;
  let key = keys.get(name);
  if (!key) {
    key = Buffer.from(hkdfSync("sha256", secret, "winauthmon", purpose, 32));
    keys.set(name, key);
  }
  return key;
}

/** What every value sealed under the present AUTH_SECRET begins with. */
export function presentSealHeader(): Buffer {
  return headerOf(secretsInForce()[0]);
}

function headerOf(secret: string): Buffer {
  return Buffer.concat([MARK, keyIdOf(secret)]);
}

/** Encrypts with AES-256-GCM: mark and key id (12 bytes), 12 bytes of nonce, 16 of tag, then the ciphertext. */
export function seal(plain: string, purpose: SecretPurpose): Buffer {
  // A rotation deletes the previous secret once nothing is sealed under it, so nothing may be from here on.
  refreshSecrets();
  const [secret] = secretsInForce();
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor(secret, purpose), iv);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([headerOf(secret), iv, cipher.getAuthTag(), body]);
}

export interface OpenedSeal {
  plain: string;
  /** Sealed under AUTH_SECRET; otherwise under AUTH_SECRET_PREVIOUS. */
  isPresent: boolean;
}

/** What is sealed, and under which secret; null when no secret in force opens it or it was changed since. */
export function openSeal(sealed: Uint8Array, purpose: SecretPurpose): OpenedSeal | null {
  const bytes = Buffer.from(sealed);
  const opened = openWith(secretsInForce(), bytes, purpose);
  if (opened) return opened;
  refreshSecrets();
  return openWith(secretsInForce(), bytes, purpose);
}

function openWith(secrets: readonly string[], bytes: Buffer, purpose: SecretPurpose): OpenedSeal | null {
  for (const [index, secret] of secrets.entries()) {
    const isMarked = bytes.subarray(0, HEADER_BYTES).equals(headerOf(secret));
    // A value from before key ids may begin with anything, even with a header by chance.
    const plain =
      (isMarked ? decrypt(bytes.subarray(HEADER_BYTES), keyFor(secret, purpose)) : null) ??
      decrypt(bytes, keyFor(secret, purpose));
    if (plain !== null) return { plain, isPresent: index === 0 };
  }
  return null;
}

function decrypt(bytes: Buffer, key: Buffer): string | null {
  if (bytes.length < IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}

/** @throws AppError `conflict`, in words for the operator, when no secret in force opens it. */
export function unseal(sealed: Uint8Array, purpose: SecretPurpose): string {
  const opened = openSeal(sealed, purpose);
  if (!opened) throw new AppError("conflict", { key: "errors.sealedElsewhere" });
  return opened.plain;
}

/** SHA-256 of an API key or one-time token; what is stored and looked up in its place. */
export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/**
 * Secrets drawn from a name by HMAC-SHA-256, in base64url: the one of the present AUTH_SECRET first. They can't be
 * computed without AUTH_SECRET, so they need not be stored.
 */
export function secretsFrom(name: string, purpose: SecretPurpose): [string, ...string[]] {
  refreshSecrets();
  const draw = (secret: string) =>
    createHmac("sha256", keyFor(secret, purpose)).update(name).digest("base64url");
  const [present, ...previous] = secretsInForce();
  return [draw(present), ...previous.map(draw)];
}
