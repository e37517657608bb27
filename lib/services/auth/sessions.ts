import { z } from "zod";
import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { deleteTokensOf } from "@/db/queries/users/one-time-tokens";
import {
  findLiveSession,
  findLiveSessionsOf,
  revokeSession,
  revokeSessionsOf,
  touchSession,
} from "@/db/queries/users/sessions";
import {
  pendingRequirement,
  isMfaRequiredFor,
  type SignInRequirement,
} from "@/lib/domain/sign-in-requirement";
import { AppError } from "@/lib/errors";
import type { AuditActor } from "../audit/actor";
import { readSettings } from "../settings/read-settings";

const TOUCH_AFTER_MILLISECONDS = 60_000;

export type LiveSession = NonNullable<Awaited<ReturnType<typeof findLiveSession>>> & {
  /** The step that must be done before anything else opens. */
  pending: SignInRequirement | null;
  /** Whether the second step may not be switched off: the user's own requirement or the portal's. */
  isMfaRequired: boolean;
};

/**
 * The session and its user as the database has them now, or null when it has ended in any way; with `mayIdle` in any
 * but idleness. No sign of activity.
 */
export async function readSession(
  sessionId: string,
  { mayIdle = false }: { mayIdle?: boolean } = {},
): Promise<LiveSession | null> {
  const { sessionIdleMinutes, requireMfaForAllUsers } = await readSettings();
  const session = await findLiveSession(sessionId, mayIdle ? null : sessionIdleMinutes);
  if (!session) return null;
  return {
    ...session,
    pending: pendingRequirement(session, requireMfaForAllUsers),
    isMfaRequired: isMfaRequiredFor(session.mfaRequired, requireMfaForAllUsers),
  };
}

/** Notes that the session's owner did something at `now` (epoch milliseconds), which restarts its idle time. */
export async function noteActivity(
  { sessionId, lastSeenAt }: Pick<LiveSession, "sessionId" | "lastSeenAt">,
  now: number = Date.now(),
): Promise<void> {
  if (now - lastSeenAt.getTime() > TOUCH_AFTER_MILLISECONDS) await touchSession(sessionId);
}

export type OwnSession = Awaited<ReturnType<typeof findLiveSessionsOf>>[number];

/** A user's live sessions, the one used last first. */
export async function listOwnSessions(userId: number): Promise<OwnSession[]> {
  const { sessionIdleMinutes } = await readSettings();
  return findLiveSessionsOf(userId, sessionIdleMinutes);
}

/** Signs the user's own session out. */
export async function endSession(actor: AuditActor, userId: number, sessionId: string): Promise<void> {
  await database().transaction(async (tx) => {
    if (!(await revokeSession(tx, userId, sessionId))) return;
    await insertAuditRow(tx, {
      ...actor,
      companyId: null,
      action: "session.sign-out",
      targetType: "session",
      targetId: sessionId,
    });
  });
}

/**
 * Ends one of the user's own sessions elsewhere. @throws AppError `not_found`, also for another person's session and for
 * a text that is no session's id.
 */
export async function endOwnSession(actor: AuditActor, userId: number, sessionId: string): Promise<void> {
  const isOver = new AppError("not_found", { key: "errors.sessionEnded" });
  if (!z.uuid().safeParse(sessionId).success) throw isOver;
  await database().transaction(async (tx) => {
    if (!(await revokeSession(tx, userId, sessionId))) throw isOver;
    await insertAuditRow(tx, {
      ...actor,
      companyId: null,
      action: "session.end",
      targetType: "session",
      targetId: sessionId,
    });
  });
}

/** Ends all of the user's own sessions but the present one. Returns how many there were. */
export async function endOtherSessions(
  actor: AuditActor,
  userId: number,
  sessionId: string,
): Promise<number> {
  return database().transaction(async (tx) => {
    const ended = await endSessionsOf(tx, userId, { exceptSessionId: sessionId });
    await insertAuditRow(tx, {
      ...actor,
      companyId: null,
      action: "session.end-others",
      targetType: "user",
      targetId: userId,
      after: { ended },
    });
    return ended;
  });
}

/**
 * Ends every session of a user, and every sign-in that is half done, from the next request on; but not the session
 * given. Live feeds hear of it at commit. The caller writes the audit row. Returns how many were open.
 */
export async function endSessionsOf(
  tx: Transaction,
  userId: number,
  { exceptSessionId }: { exceptSessionId?: string } = {},
): Promise<number> {
  await deleteTokensOf(tx, userId, "second-step");
  return revokeSessionsOf(tx, userId, exceptSessionId);
}
