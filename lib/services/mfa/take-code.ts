import type { Transaction } from "@/db/client";
import { findMfaSecret, takeRecoveryCode, takeTotpCounter } from "@/db/queries/users/mfa";
import { recoveryCodeDigest } from "./recovery-codes";
import { matchTotp, unsealTotpSecret } from "./totp";

export type CodeKind = "authenticator" | "recovery code";

/**
 * Uses up a code of the user's authenticator app or one of the recovery codes; null when it is wrong or was used
 * before. Blanks and dashes within a code make no difference.
 */
export async function takeCode(tx: Transaction, userId: number, code: string): Promise<CodeKind | null> {
  const plain = code.replaceAll(/[\s-]/g, "");
  const sealed = await findMfaSecret(tx, userId);
  if (!sealed) return null;
  if (!/^\d{6}$/.test(plain))
    return (await takeRecoveryCode(tx, userId, recoveryCodeDigest(plain))) ? "recovery code" : null;
  const counter = matchTotp(unsealTotpSecret(sealed), plain, Date.now());
  return counter !== null && (await takeTotpCounter(tx, userId, counter)) ? "authenticator" : null;
}
