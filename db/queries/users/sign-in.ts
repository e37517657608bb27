import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { userSessions, users } from "../../schema/users";

/** Unscoped: at sign-in nobody's company is known yet. Finds by username or e-mail address in any case. */
export async function findUserByLogin(login: string) {
  const [row] = await database()
    .select({
      id: users.id,
      username: users.username,
      password: users.password,
      isActive: users.isActive,
      mustChangePassword: users.mustChangePassword,
      sessionVersion: users.sessionVersion,
    })
    .from(users)
    .where(sql`lower(${users.username}) = lower(${login}) or lower(${users.email}) = lower(${login})`)
    .orderBy(sql`lower(${users.username}) = lower(${login}) desc`)
    .limit(1);
  return row ?? null;
}

export interface NewSession {
  userId: number;
  sessionVersion: number;
  expiresAt: Date;
  isRemembered: boolean;
  address: string;
  userAgent: string | null;
}

/** Opens a session row and notes the sign-in; the id goes into the cookie's token. */
export async function insertSession(tx: Transaction, session: NewSession): Promise<string> {
  const [row] = await tx.insert(userSessions).values(session).returning({ id: userSessions.id });
  await tx.update(users).set({ lastSignInAt: new Date() }).where(eq(users.id, session.userId));
  return row!.id;
}

/**
 * The user of a session that is still good: not revoked, not over, not idle too long, of the user's present session
 * version, and the user active. Null otherwise.
 */
export async function findLiveSession(sessionId: string, idleMinutes: number) {
  const [row] = await database()
    .select({
      sessionId: userSessions.id,
      lastSeenAt: userSessions.lastSeenAt,
      userId: users.id,
      username: users.username,
      email: users.email,
      role: users.role,
      mustChangePassword: users.mustChangePassword,
      timeZone: users.timeZone,
      theme: users.theme,
    })
    .from(userSessions)
    .innerJoin(
      users,
      and(eq(users.id, userSessions.userId), eq(users.sessionVersion, userSessions.sessionVersion)),
    )
    .where(
      and(
        eq(userSessions.id, sessionId),
        isNull(userSessions.revokedAt),
        gt(userSessions.expiresAt, sql`now()`),
        sql`(${userSessions.isRemembered} or ${userSessions.lastSeenAt} > now() - make_interval(mins => ${idleMinutes}))`,
        eq(users.isActive, true),
      ),
    );
  return row ?? null;
}

export async function touchSession(sessionId: string): Promise<void> {
  await database().update(userSessions).set({ lastSeenAt: new Date() }).where(eq(userSessions.id, sessionId));
}

export async function revokeSession(tx: Transaction, sessionId: string): Promise<void> {
  await tx.update(userSessions).set({ revokedAt: new Date() }).where(eq(userSessions.id, sessionId));
}

export async function findPasswordHash(userId: number): Promise<string | null> {
  const [row] = await database().select({ password: users.password }).from(users).where(eq(users.id, userId));
  return row?.password ?? null;
}

/** Stores a new hash, ends every other session of the user and lifts the duty to change it. */
export async function replacePassword(
  tx: Transaction,
  userId: number,
  hash: string,
  keepSessionId: string,
): Promise<void> {
  const [row] = await tx
    .update(users)
    .set({
      password: hash,
      mustChangePassword: false,
      passwordChangedAt: new Date(),
      sessionVersion: sql`${users.sessionVersion} + 1`,
    })
    .where(eq(users.id, userId))
    .returning({ sessionVersion: users.sessionVersion });
  await tx
    .update(userSessions)
    .set({ sessionVersion: row!.sessionVersion })
    .where(and(eq(userSessions.id, keepSessionId), eq(userSessions.userId, userId)));
}

/** Revokes what is open and raises the session version, so that a sign-in that is just ending counts for nothing. */
export async function revokeSessionsOf(tx: Transaction, userId: number): Promise<void> {
  await tx
    .update(userSessions)
    .set({ revokedAt: new Date() })
    .where(and(eq(userSessions.userId, userId), isNull(userSessions.revokedAt)));
  await tx
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId));
}
