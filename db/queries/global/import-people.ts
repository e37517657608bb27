import { and, eq, getTableColumns, isNotNull, or, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { errorLogs } from "../../schema/logs";
import { allowedDomains } from "../../schema/settings";
import { memberships, users } from "../../schema/users";
import { hasLogin } from "../users/login-key";

export type Namesake = typeof users.$inferSelect & { hasSameUsername: boolean; hasSameEmail: boolean };

/** The user of this address and the one of this name, however spelled; at most two. */
export async function findNamesakes(tx: Transaction, username: string, email: string): Promise<Namesake[]> {
  const hasSameUsername = hasLogin(users.username, username);
  const hasSameEmail = hasLogin(users.email, email);
  return tx
    .select({ ...getTableColumns(users), hasSameUsername, hasSameEmail })
    .from(users)
    .where(or(hasSameUsername, hasSameEmail));
}

/** A user by id, with whether they have this name and address, however spelled; null for one who was deleted. */
export async function findUser(
  tx: Transaction,
  id: number,
  username: string,
  email: string,
): Promise<Namesake | null> {
  const [row] = await tx
    .select({
      ...getTableColumns(users),
      hasSameUsername: hasLogin(users.username, username),
      hasSameEmail: hasLogin(users.email, email),
    })
    .from(users)
    .where(eq(users.id, id));
  return row ?? null;
}

/** Whether an active global administrator has signed in to this portal before. */
export async function hasUsedGlobalAdmin(tx: Transaction): Promise<boolean> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "GlobalAdmin"), users.isActive, isNotNull(users.lastSignInAt)))
    .limit(1);
  return rows.length > 0;
}

export type ImportedUser = Pick<
  typeof users.$inferInsert,
  | "username"
  | "email"
  | "password"
  | "role"
  | "isActive"
  | "mfaSecret"
  | "mfaEnabled"
  | "mfaRequired"
  | "mustChangePassword"
>;

/** @throws a unique violation (users_username_key, users_email_key). */
export async function insertImportedUser(tx: Transaction, user: ImportedUser): Promise<number> {
  const [row] = await tx.insert(users).values(user).returning({ id: users.id });
  return row!.id;
}

/** Gives an account the original's values, and ends the sessions it might have. @throws a unique violation. */
export async function replaceUser(
  tx: Transaction,
  userId: number,
  user: Partial<ImportedUser>,
): Promise<void> {
  await tx
    .update(users)
    .set({ ...user, lastTotpCounter: null, sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId));
}

/** The user's role in the company; null for one who is no member. */
export async function findMembershipRole(
  tx: Transaction,
  userId: number,
  companyId: number,
): Promise<string | null> {
  const [row] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.companyId, companyId)));
  return row?.role ?? null;
}

/** A membership that was added meanwhile stays as it is. */
export async function insertMembership(
  tx: Transaction,
  membership: { userId: number; companyId: number; role: string },
): Promise<void> {
  await tx.insert(memberships).values(membership).onConflictDoNothing();
}

export async function isDomainAllowed(tx: Transaction, domain: string): Promise<boolean> {
  const rows = await tx
    .select({ id: allowedDomains.id })
    .from(allowedDomains)
    .where(eq(allowedDomains.domain, domain));
  return rows.length > 0;
}

/** One that was added meanwhile stays as it is. */
export async function insertDomain(tx: Transaction, domain: string): Promise<void> {
  await tx.insert(allowedDomains).values({ domain }).onConflictDoNothing();
}

export type ImportedError = typeof errorLogs.$inferInsert & { fingerprint: string };

/** Stores errors that are not there yet, by fingerprint; gives how many were new. */
export async function insertImportedErrors(tx: Transaction, rows: readonly ImportedError[]): Promise<number> {
  if (rows.length === 0) return 0;
  const inserted = await tx
    .insert(errorLogs)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ id: errorLogs.id });
  return inserted.length;
}
