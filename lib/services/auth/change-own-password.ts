import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { endLinksOf } from "@/db/queries/users/one-time-tokens";
import { noteProof } from "@/db/queries/users/sessions";
import { findPasswordHash, replaceOwnPassword } from "@/db/queries/users/sign-in";
import { AppError } from "@/lib/errors";
import type { AuditActor } from "../audit/actor";
import { recordFailure } from "../audit/record-failure";
import { ownSource, tellPasswordChanged } from "../mail/security-notices";
import { assertPasswordAllowed } from "../passwords/assert-password-allowed";
import { hashPassword, verifyPassword } from "../passwords/hash-password";
import { turnOfUser } from "../passwords/password-queue";
import { endSessionsOf } from "./sessions";

export interface OwnPasswordChange {
  currentPassword: string;
  newPassword: string;
}

export interface PasswordOwner {
  userId: number;
  username: string;
  email: string;
  sessionId: string;
}

const ACTION = "user.change-own-password";

/**
 * Changes one's own password and ends one's other sessions. A password that was replaced while this one was checked
 * and hashed, as by an administrator's reset, is kept.
 *
 * @throws AppError `invalid` naming the field.
 */
export async function changeOwnPassword(
  actor: AuditActor,
  owner: PasswordOwner,
  { currentPassword, newPassword }: OwnPasswordChange,
): Promise<void> {
  const target = { targetType: "user", targetId: owner.userId, targetName: owner.username };
  const turn = turnOfUser(owner.userId);
  const refuse = async (): Promise<never> => {
    await recordFailure({ ...actor, ...target, action: ACTION, after: { reason: "wrong current password" } });
    throw new AppError("invalid", { key: "errors.passwordRefused" }, [
      { field: "currentPassword", message: { key: "errors.currentPasswordWrong" } },
    ]);
  };
  const oldHash = await findPasswordHash(owner.userId);
  const isRight = await verifyPassword(currentPassword, oldHash, turn);
  if (oldHash === null || !isRight) return refuse();
  if (newPassword === currentPassword) {
    throw new AppError("invalid", { key: "errors.newPasswordRefused" }, [
      { field: "newPassword", message: { key: "errors.newPasswordSame" } },
    ]);
  }
  await assertPasswordAllowed(newPassword, owner, "newPassword");
  const hash = await hashPassword(newPassword, turn);
  const isDone = await database().transaction(async (tx) => {
    if (!(await replaceOwnPassword(tx, owner.userId, oldHash, hash))) return false;
    await noteProof(tx, owner.sessionId);
    const endedSessions = await endSessionsOf(tx, owner.userId, { exceptSessionId: owner.sessionId });
    await endLinksOf(tx, owner.userId);
    await insertAuditRow(tx, {
      ...actor,
      ...target,
      companyId: null,
      action: ACTION,
      after: { endedSessions },
    });
    await tellPasswordChanged(tx, owner, ownSource(actor));
    return true;
  });
  if (!isDone) await refuse();
}
