import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findPasswordHash, replacePassword } from "@/db/queries/users/sign-in";
import { AppError } from "@/lib/errors";
import type { AuditActor } from "../audit/actor";
import { hashPassword, verifyPassword } from "../passwords/hash-password";
import { assertPasswordAllowed } from "../passwords/assert-password-allowed";

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

/** Changes one's own password and ends one's other sessions. @throws AppError `invalid` naming the field. */
export async function changeOwnPassword(
  actor: AuditActor,
  owner: PasswordOwner,
  { currentPassword, newPassword }: OwnPasswordChange,
): Promise<void> {
  if (!(await verifyPassword(currentPassword, await findPasswordHash(owner.userId)))) {
    throw new AppError("invalid", "The current password is not right.", [
      { field: "currentPassword", message: "This is not your current password." },
    ]);
  }
  if (newPassword === currentPassword) {
    throw new AppError("invalid", "Choose a new password.", [
      { field: "newPassword", message: "The new password must differ from the current one." },
    ]);
  }
  await assertPasswordAllowed(newPassword, owner, "newPassword");
  const hash = await hashPassword(newPassword);
  await database().transaction(async (tx) => {
    await replacePassword(tx, owner.userId, hash, owner.sessionId);
    await insertAuditRow(tx, {
      ...actor,
      companyId: null,
      action: "user.change-own-password",
      outcome: "success",
      targetType: "user",
      targetId: owner.userId,
      targetName: owner.username,
    });
  });
}
