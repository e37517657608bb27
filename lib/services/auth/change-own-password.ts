import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { endLinksOf } from "@/db/queries/users/one-time-tokens";
import { noteProof } from "@/db/queries/users/sessions";
import { findPasswordHash, storePassword } from "@/db/queries/users/sign-in";
import { AppError } from "@/lib/errors";
import type { AuditActor } from "../audit/actor";
import { recordFailure } from "../audit/record-failure";
import { ownSource, tellPasswordChanged } from "../mail/security-notices";
import { assertPasswordAllowed } from "../passwords/assert-password-allowed";
import { hashPassword, verifyPassword } from "../passwords/hash-password";
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

/** Changes one's own password and ends one's other sessions. @throws AppError `invalid` naming the field. */
export async function changeOwnPassword(
  actor: AuditActor,
  owner: PasswordOwner,
  { currentPassword, newPassword }: OwnPasswordChange,
): Promise<void> {
  const target = { targetType: "user", targetId: owner.userId, targetName: owner.username };
  const turn = { asker: `user ${owner.userId}`, isKnown: true };
  if (!(await verifyPassword(currentPassword, await findPasswordHash(owner.userId), turn))) {
    await recordFailure({ ...actor, ...target, action: ACTION, after: { reason: "wrong current password" } });
    throw new AppError("invalid", { key: "errors.passwordRefused" }, [
      { field: "currentPassword", message: { key: "errors.currentPasswordWrong" } },
    ]);
  }
  if (newPassword === currentPassword) {
    throw new AppError("invalid", { key: "errors.newPasswordRefused" }, [
      { field: "newPassword", message: { key: "errors.newPasswordSame" } },
    ]);
  }
  await assertPasswordAllowed(newPassword, owner, "newPassword");
  const hash = await hashPassword(newPassword, turn);
  await database().transaction(async (tx) => {
    await storePassword(tx, owner.userId, hash, false);
    await noteProof(tx, owner.sessionId);
    const endedSessions = await endSessionsOf(tx, owner.userId, { exceptSessionId: owner.sessionId });
    await endLinksOf(tx, owner.userId);
    await insertAuditRow(tx, {
      ...actor,
      ...target,
      companyId: null,
      action: ACTION,
      outcome: "success",
      after: { endedSessions },
    });
    await tellPasswordChanged(tx, owner, ownSource(actor));
  });
}
