import { Secret, TOTP } from "otpauth";
import { AppError } from "@/lib/errors";
import { openSeal, seal } from "@/lib/secret-box";

export const ISSUER = "WinAuthMon";
const SECRET_BYTES = 20;
const PERIOD_SECONDS = 30;
/** A phone's clock may be off by one step either way. */
const WINDOW_STEPS = 1;

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
  });
}

/** A new secret in base32, of 160 bits as RFC 4226 recommends. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The otpauth:// address an authenticator app reads. */
export function totpAddress(secret: string, username: string): string {
  return totpOf(secret, username).toString();
}

/** The time step `code` belongs to, at most one away from `now` (epoch milliseconds); null when it is wrong. */
export function matchTotp(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret, "").validate({ token: code, timestamp: now, window: WINDOW_STEPS });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}

/** A base32 secret as it is stored (`mfa_secret`): sealed, in base64. */
export function sealTotpSecret(secret: string): string {
  return seal(secret, "mfa").toString("base64");
}

/** null when it was sealed under another AUTH_SECRET. */
export function openTotpSecret(sealed: string): string | null {
  return openSeal(Buffer.from(sealed, "base64"), "mfa")?.plain ?? null;
}

/** The same for a person who enters a code. @throws AppError `conflict`, in words for that person. */
export function unsealTotpSecret(sealed: string): string {
  const opened = openTotpSecret(sealed);
  if (opened !== null) return opened;
  throw new AppError("conflict", { key: "errors.twoFactorUnreadable" });
}
