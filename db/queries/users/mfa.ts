import { and, count, eq, isNull, lt, or } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { recoveryCodes, users } from "../../schema/users";

/** The sealed secret of a user whose second step is on; null otherwise. */
export async function findMfaSecret(tx: Transaction, userId: number): Promise<string | null> {
  const [row] = await tx
    .select({ mfaSecret: users.mfaSecret })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.mfaEnabled, true)));
  return row?.mfaSecret ?? null;
}

/** Takes a code's time step, once: false when it, or a later one, was taken before. */
export async function takeTotpCounter(tx: Transaction, userId: number, counter: number): Promise<boolean> {
  const rows = await tx
    .update(users)
    .set({ lastTotpCounter: counter })
    .where(
      and(
        eq(users.id, userId),
        eq(users.mfaEnabled, true),
        or(isNull(users.lastTotpCounter), lt(users.lastTotpCounter, counter)),
      ),
    )
    .returning({ id: users.id });
  return rows.length > 0;
}

/** Uses a recovery code up, once. */
export async function takeRecoveryCode(
  tx: Transaction,
  userId: number,
  codeDigest: string,
): Promise<boolean> {
  const rows = await tx
    .update(recoveryCodes)
    .set({ usedAt: new Date() })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeDigest, codeDigest),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ userId: recoveryCodes.userId });
  return rows.length > 0;
}

/** Switches the second step on with this sealed secret; `counter` is the step of the code that confirmed it. */
export async function storeMfaSecret(
  tx: Transaction,
  userId: number,
  mfaSecret: string,
  counter: number,
): Promise<void> {
  await tx
    .update(users)
    .set({ mfaSecret, mfaEnabled: true, lastTotpCounter: counter })
    .where(eq(users.id, userId));
}

/** Switches the second step off and forgets its secret and recovery codes. */
export async function clearMfa(tx: Transaction, userId: number): Promise<void> {
  await tx
    .update(users)
    .set({ mfaSecret: null, mfaEnabled: false, lastTotpCounter: null })
    .where(eq(users.id, userId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
}

/** Puts these codes in the place of all earlier ones. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  userId: number,
  codeDigests: readonly string[],
): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(codeDigests.map((codeDigest) => ({ userId, codeDigest })));
}

export async function countUnusedRecoveryCodes(userId: number): Promise<number> {
  const [row] = await database()
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return row?.left ?? 0;
}
