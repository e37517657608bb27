import { and, eq } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { users } from "../../schema/users";
import { byUsernameFirst, matchesLogin } from "./login-key";

const signInColumns = {
  id: users.id,
  username: users.username,
  email: users.email,
  password: users.password,
  isActive: users.isActive,
  mfaEnabled: users.mfaEnabled,
  sessionVersion: users.sessionVersion,
  lastSignInAt: users.lastSignInAt,
};

export interface SignInUser {
  id: number;
  username: string;
  email: string;
  password: string;
  isActive: boolean;
  mfaEnabled: boolean;
  sessionVersion: number;
  lastSignInAt: Date | null;
}

/** Unscoped: at sign-in, the company isn't known yet. Finds by any spelling of username or e-mail address. */
export async function findUserByLogin(login: string): Promise<SignInUser | null> {
  const [row] = await database()
    .select(signInColumns)
    .from(users)
    .where(matchesLogin(login))
    .orderBy(byUsernameFirst(login))
    .limit(1);
  return row ?? null;
}

export async function findSignInUser(tx: Transaction, userId: number): Promise<SignInUser | null> {
  const [row] = await tx.select(signInColumns).from(users).where(eq(users.id, userId));
  return row ?? null;
}

/** The same, locked until the transaction ends. */
export async function lockSignInUser(tx: Transaction, userId: number): Promise<SignInUser | null> {
  const rows = tx.select(signInColumns).from(users).where(eq(users.id, userId));
  const [row] = await rows.for("no key update");
  return row ?? null;
}

export async function findPasswordHash(userId: number): Promise<string | null> {
  const [row] = await database().select({ password: users.password }).from(users).where(eq(users.id, userId));
  return row?.password ?? null;
}

const newPassword = (hash: string, mustChange: boolean) => ({
  password: hash,
  mustChangePassword: mustChange,
  passwordChangedAt: new Date(),
  invitedUntil: null,
});

/** Stores a new password's hash; `mustChange` if another person chose it. This also accepts an invitation. */
export async function storePassword(
  tx: Transaction,
  userId: number,
  hash: string,
  mustChange: boolean,
): Promise<void> {
  await tx.update(users).set(newPassword(hash, mustChange)).where(eq(users.id, userId));
}

/** Stores the hash of a password that its owner chose; false when the password is no longer that of `oldHash`. */
export async function replaceOwnPassword(
  tx: Transaction,
  userId: number,
  oldHash: string,
  hash: string,
): Promise<boolean> {
  const rows = await tx
    .update(users)
    .set(newPassword(hash, false))
    .where(and(eq(users.id, userId), eq(users.password, oldHash)))
    .returning({ id: users.id });
  return rows.length > 0;
}

/** Replaces the hash of the same password by one of today's work factor, unless the password changed meanwhile. */
export async function refreshPasswordHash(
  tx: Transaction,
  userId: number,
  oldHash: string,
  hash: string,
): Promise<void> {
  await tx
    .update(users)
    .set({ password: hash })
    .where(and(eq(users.id, userId), eq(users.password, oldHash)));
}
