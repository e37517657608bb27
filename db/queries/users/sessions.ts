import { and, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { PROOF_MINUTES } from "@/lib/domain/step-up";
import { database, type Transaction } from "../../client";
import { userSessions, users } from "../../schema/users";

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

/** Deletes up to `limit` sessions that were over before the instant, with their addresses and browsers; gives how many. */
export async function deleteEndedSessions(before: Date, limit: number): Promise<number> {
  const at = before.toISOString();
  const rows = await database().execute(sql`
    delete from user_sessions where id in (
      select id from user_sessions where expires_at < ${at} or revoked_at < ${at} order by expires_at limit ${limit})
    returning 1`);
  return rows.length;
}

/** A session that is still good: not revoked, not over, not idle too long (remembered ones, and all for null, may idle). */
function isLive(idleMinutes: number | null) {
  return and(
    isNull(userSessions.revokedAt),
    gt(userSessions.expiresAt, sql`now()`),
    idleMinutes === null
      ? undefined
      : sql`(${userSessions.isRemembered} or ${userSessions.lastSeenAt} > now() - make_interval(mins => ${idleMinutes}))`,
  );
}

const ofPresentVersion = and(
  eq(users.id, userSessions.userId),
  eq(users.sessionVersion, userSessions.sessionVersion),
);

/** The user of a session that is still good and of the user's present session version, the user active; else null. */
export async function findLiveSession(sessionId: string, idleMinutes: number | null) {
  const [row] = await database()
    .select({
      sessionId: userSessions.id,
      lastSeenAt: userSessions.lastSeenAt,
      expiresAt: userSessions.expiresAt,
      isRemembered: userSessions.isRemembered,
      /** A password or code was given within PROOF_MINUTES. */
      hasFreshProof: sql<boolean>`${userSessions.provedAt} > now() - make_interval(mins => ${PROOF_MINUTES})`,
      userId: users.id,
      username: users.username,
      email: users.email,
      role: users.role,
      mustChangePassword: users.mustChangePassword,
      mfaEnabled: users.mfaEnabled,
      mfaRequired: users.mfaRequired,
      timeZone: users.timeZone,
      theme: users.theme,
      language: users.language,
    })
    .from(userSessions)
    .innerJoin(users, ofPresentVersion)
    .where(and(eq(userSessions.id, sessionId), isLive(idleMinutes), eq(users.isActive, true)));
  return row ?? null;
}

/** A user's sessions that are still good, the one used last first. */
export async function findLiveSessionsOf(userId: number, idleMinutes: number) {
  return database()
    .select({
      id: userSessions.id,
      createdAt: userSessions.createdAt,
      lastSeenAt: userSessions.lastSeenAt,
      isRemembered: userSessions.isRemembered,
      address: userSessions.address,
      userAgent: userSessions.userAgent,
    })
    .from(userSessions)
    .innerJoin(users, ofPresentVersion)
    .where(and(eq(userSessions.userId, userId), isLive(idleMinutes)))
    .orderBy(desc(userSessions.lastSeenAt), desc(userSessions.id));
}

/** Notes that the session's user has just given the password or a code. */
export async function noteProof(tx: Transaction, sessionId: string): Promise<void> {
  await tx
    .update(userSessions)
    .set({ provedAt: sql`now()` })
    .where(eq(userSessions.id, sessionId));
}

export async function touchSession(sessionId: string): Promise<void> {
  await database().update(userSessions).set({ lastSeenAt: new Date() }).where(eq(userSessions.id, sessionId));
}

/** Ends one session; false when the user has no such session that is not revoked already. */
export async function revokeSession(tx: Transaction, userId: number, sessionId: string): Promise<boolean> {
  const rows = await tx
    .update(userSessions)
    .set({ revokedAt: new Date() })
    .where(
      and(eq(userSessions.id, sessionId), eq(userSessions.userId, userId), isNull(userSessions.revokedAt)),
    )
    .returning({ id: userSessions.id });
  return rows.length > 0;
}

/** Ends any user's session; gives its user, or null when there is none that is not revoked already. */
export async function revokeAnySession(
  tx: Transaction,
  sessionId: string,
): Promise<{ userId: number; username: string } | null> {
  const [owner] = await tx
    .update(userSessions)
    .set({ revokedAt: new Date() })
    .from(users)
    .where(
      and(eq(userSessions.id, sessionId), eq(users.id, userSessions.userId), isNull(userSessions.revokedAt)),
    )
    .returning({ userId: users.id, username: users.username });
  return owner ?? null;
}

/**
 * Ends every session of a user but the given one: a new session version, so that one being opened at this moment
 * ends too. Returns how many were still open.
 */
export async function revokeSessionsOf(
  tx: Transaction,
  userId: number,
  exceptSessionId?: string,
): Promise<number> {
  const [row] = await tx
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId))
    .returning({ sessionVersion: users.sessionVersion });
  if (!row) return 0;
  if (exceptSessionId) {
    await tx
      .update(userSessions)
      .set({ sessionVersion: row.sessionVersion })
      .where(and(eq(userSessions.id, exceptSessionId), eq(userSessions.userId, userId)));
  }
  const ended = await tx
    .update(userSessions)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(userSessions.userId, userId),
        isNull(userSessions.revokedAt),
        gt(userSessions.expiresAt, sql`now()`),
        exceptSessionId ? ne(userSessions.id, exceptSessionId) : undefined,
      ),
    )
    .returning({ id: userSessions.id });
  return ended.length;
}
