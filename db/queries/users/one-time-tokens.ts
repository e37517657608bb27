import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { oneTimeTokens, users } from "../../schema/users";

/** Links by which a person chooses a password. */
export type LinkPurpose = "password-reset" | "invitation";

/** `second-step`: the right password was given, a code is awaited. */
export type TokenPurpose = "second-step" | LinkPurpose;

export interface NewToken {
  tokenDigest: string;
  userId: number;
  purpose: TokenPurpose;
  expiresAt: Date;
  createdByUserId: number | null;
}

/** Keeps a token's digest in place of the user's earlier ones of this purpose, which no longer work. */
export async function replaceToken(tx: Transaction, token: NewToken): Promise<void> {
  await deleteTokensOf(tx, token.userId, token.purpose);
  await insertToken(tx, token);
}

/** Keeps a token's digest beside others of the user, and drops those long over. */
export async function insertToken(tx: Transaction, token: NewToken): Promise<void> {
  await tx
    .delete(oneTimeTokens)
    .where(
      and(eq(oneTimeTokens.userId, token.userId), lt(oneTimeTokens.expiresAt, sql`now() - interval '1 day'`)),
    );
  await tx.insert(oneTimeTokens).values(token);
}

export async function deleteTokensOf(tx: Transaction, userId: number, purpose: TokenPurpose): Promise<void> {
  await tx
    .delete(oneTimeTokens)
    .where(and(eq(oneTimeTokens.userId, userId), eq(oneTimeTokens.purpose, purpose)));
}

/** Ends every link by which a password of the user can be chosen; the user stays invited, without a link that works. */
export async function endLinksOf(tx: Transaction, userId: number): Promise<void> {
  await deleteTokensOf(tx, userId, "password-reset");
  await deleteTokensOf(tx, userId, "invitation");
  await tx
    .update(users)
    .set({ invitedUntil: sql`now()` })
    .where(and(eq(users.id, userId), gt(users.invitedUntil, sql`now()`)));
}

function isOpen(tokenDigest: string, purpose: TokenPurpose) {
  return and(
    eq(oneTimeTokens.tokenDigest, tokenDigest),
    eq(oneTimeTokens.purpose, purpose),
    isNull(oneTimeTokens.usedAt),
    gt(oneTimeTokens.expiresAt, sql`now()`),
  );
}

/** The user an open token belongs to, without using it; null when it is unknown, used or over. */
export async function findTokenUserId(tokenDigest: string, purpose: TokenPurpose): Promise<number | null> {
  const [row] = await database()
    .select({ userId: oneTimeTokens.userId })
    .from(oneTimeTokens)
    .where(isOpen(tokenDigest, purpose));
  return row?.userId ?? null;
}

/** Uses a token up, once: of two at the same moment one gets null. */
export async function spendToken(
  tx: Transaction,
  tokenDigest: string,
  purpose: TokenPurpose,
): Promise<number | null> {
  const [row] = await tx
    .update(oneTimeTokens)
    .set({ usedAt: new Date() })
    .where(isOpen(tokenDigest, purpose))
    .returning({ userId: oneTimeTokens.userId });
  return row?.userId ?? null;
}

/**
 * Counts a try before it is judged, so that many at once cannot slip past the limit together, and keeps the row
 * locked until the transaction ends. Null when the token is unknown, used, over or out of tries.
 */
export async function countTokenTry(
  tx: Transaction,
  tokenDigest: string,
  purpose: TokenPurpose,
  maxTries: number,
) {
  const [row] = await tx
    .update(oneTimeTokens)
    .set({ failedAttempts: sql`${oneTimeTokens.failedAttempts} + 1` })
    .where(and(isOpen(tokenDigest, purpose), lt(oneTimeTokens.failedAttempts, maxTries)))
    .returning({ userId: oneTimeTokens.userId, tries: oneTimeTokens.failedAttempts });
  return row ?? null;
}
