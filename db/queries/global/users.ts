import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { calendarExemptions } from "../../schema/company-calendar";
import { companies } from "../../schema/companies";
import { memberships, users } from "../../schema/users";
import { byUsernameFirst, matchesLogin } from "../users/login-key";

/** A user as administrators handle one, without password and secrets. Unscoped: whom one may see is can()'s to say. */
export interface UserRecord {
  userId: number;
  username: string;
  email: string;
  globalRole: string;
  isActive: boolean;
  mfaEnabled: boolean;
  mfaRequired: boolean | null;
  mustChangePassword: boolean;
  isSelfRegistered: boolean;
  createdAt: Date;
  lastSignInAt: Date | null;
  /** As in the schema: set as long as the person was invited and has not chosen a password. */
  invitedUntil: Date | null;
  memberships: { companyId: number; companyName: string; role: string }[];
}

const columns = {
  userId: users.id,
  username: users.username,
  email: users.email,
  globalRole: users.role,
  isActive: users.isActive,
  mfaEnabled: users.mfaEnabled,
  mfaRequired: users.mfaRequired,
  mustChangePassword: users.mustChangePassword,
  isSelfRegistered: users.isSelfRegistered,
  createdAt: users.createdAt,
  lastSignInAt: users.lastSignInAt,
  invitedUntil: users.invitedUntil,
};

/** The users of these ids with all their memberships, by id; unknown ids are left out. */
export async function findUsers(ids: readonly number[], tx: Transaction = database()): Promise<UserRecord[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select(columns)
    .from(users)
    .where(inArray(users.id, [...ids]))
    .orderBy(asc(users.id));
  return withMemberships(tx, rows);
}

/** The same, locked in the order of ids until the transaction ends. */
export async function lockUsers(tx: Transaction, ids: readonly number[]): Promise<UserRecord[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select(columns)
    .from(users)
    .where(inArray(users.id, [...ids]))
    .orderBy(asc(users.id))
    .for("no key update");
  return withMemberships(tx, rows);
}

/** Those of the users that there are, by id, kept as they are until the transaction ends: changes and deletions wait. */
export async function holdUsers(tx: Transaction, ids: readonly number[]): Promise<UserRecord[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select(columns)
    .from(users)
    .where(inArray(users.id, [...ids]))
    .orderBy(asc(users.id))
    .for("share");
  return withMemberships(tx, rows);
}

async function withMemberships(
  tx: Transaction,
  rows: Omit<UserRecord, "memberships">[],
): Promise<UserRecord[]> {
  if (rows.length === 0) return [];
  const found = await tx
    .select({
      userId: memberships.userId,
      companyId: memberships.companyId,
      companyName: companies.name,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(companies, eq(companies.id, memberships.companyId))
    .where(
      inArray(
        memberships.userId,
        rows.map((row) => row.userId),
      ),
    )
    .orderBy(sql`lower(${companies.name})`, asc(companies.id));
  return rows.map((row) => ({
    ...row,
    memberships: found
      .filter((membership) => membership.userId === row.userId)
      .map(({ companyId, companyName, role }) => ({ companyId, companyName, role })),
  }));
}

/**
 * Locks every active GlobalAdmin who can sign in until the transaction ends and gives their ids.
 *
 * Call it before taking one away. Locks are in the order of ids: two administrators at the same moment follow one
 * another, and the second sees what the first has done.
 */
export async function lockActiveGlobalAdmins(tx: Transaction): Promise<number[]> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "GlobalAdmin"), eq(users.isActive, true), isNull(users.invitedUntil)))
    .orderBy(asc(users.id))
    .for("no key update");
  return rows.map((row) => row.id);
}

/** By any spelling of username or e-mail address; a username goes before an address. */
export async function findUserIdByName(name: string): Promise<number | null> {
  const [row] = await database()
    .select({ id: users.id })
    .from(users)
    .where(matchesLogin(name))
    .orderBy(byUsernameFirst(name))
    .limit(1);
  return row?.id ?? null;
}

export type NewUserRow = Pick<
  typeof users.$inferInsert,
  "username" | "email" | "password" | "role" | "isActive" | "mustChangePassword" | "mfaRequired"
>;

/** @throws a unique violation (users_username_key, users_email_key) when the name or address is taken in any case. */
export async function insertUser(tx: Transaction, user: NewUserRow): Promise<number> {
  const [row] = await tx.insert(users).values(user).returning({ id: users.id });
  return row!.id;
}

export type UserChange = Partial<
  Pick<
    typeof users.$inferInsert,
    | "username"
    | "email"
    | "role"
    | "isActive"
    | "isSelfRegistered"
    | "mfaRequired"
    | "password"
    | "mustChangePassword"
    | "passwordChangedAt"
    | "invitedUntil"
  >
>;

/** @throws a unique violation as insertUser. */
export async function updateUser(tx: Transaction, userId: number, change: UserChange): Promise<void> {
  await tx.update(users).set(change).where(eq(users.id, userId));
}

/** Removes the user with memberships, sessions, codes and links. */
export async function deleteUserRow(tx: Transaction, userId: number): Promise<void> {
  // On Citus no foreign key does it: exemptions are with their company.
  await tx
    .update(calendarExemptions)
    .set({ createdByUserId: null })
    .where(eq(calendarExemptions.createdByUserId, userId));
  await tx.delete(users).where(eq(users.id, userId));
}

/** Gives the user this role in the company, whether a member already or not. */
export async function putMembership(
  tx: Transaction,
  membership: { userId: number; companyId: number; role: string },
): Promise<void> {
  await tx
    .insert(memberships)
    .values(membership)
    .onConflictDoUpdate({
      target: [memberships.companyId, memberships.userId],
      set: { role: membership.role },
    });
}

export async function deleteMembership(tx: Transaction, userId: number, companyId: number): Promise<void> {
  await tx
    .delete(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.companyId, companyId)));
}
