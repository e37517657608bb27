import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findLiveSession, revokeSession, revokeSessionsOf, touchSession } from "@/db/queries/users/sign-in";
import type { AuditActor } from "../audit/actor";
import { readSettings } from "../settings/read-settings";

const TOUCH_AFTER_MILLISECONDS = 60_000;

export type LiveSession = NonNullable<Awaited<ReturnType<typeof findLiveSession>>>;

/** The session and its user as the database has them now, or null when it has ended in any way. */
export async function readSession(sessionId: string): Promise<LiveSession | null> {
  const { sessionIdleMinutes } = await readSettings();
  const session = await findLiveSession(sessionId, sessionIdleMinutes);
  if (session && Date.now() - session.lastSeenAt.getTime() > TOUCH_AFTER_MILLISECONDS)
    await touchSession(sessionId);
  return session;
}

export async function endSession(actor: AuditActor, sessionId: string): Promise<void> {
  await database().transaction(async (tx) => {
    await revokeSession(tx, sessionId);
    await insertAuditRow(tx, { ...actor, companyId: null, action: "session.sign-out", outcome: "success" });
  });
}

/** Ends every session of a user from the next request on. The caller writes the audit row. */
export async function endSessionsOf(tx: Transaction, userId: number): Promise<void> {
  await revokeSessionsOf(tx, userId);
}
