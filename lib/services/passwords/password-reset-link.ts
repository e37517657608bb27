import { randomBytes } from "node:crypto";
import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import {
  deleteTokensOf,
  findTokenUserId,
  replaceToken,
  spendToken,
} from "@/db/queries/users/one-time-tokens";
import { findSignInUser, storePassword } from "@/db/queries/users/sign-in";
import { AppError } from "@/lib/errors";
import { digestOf } from "@/lib/secret-box";
import { endSessionsOf } from "../auth/sessions";
import { assertPasswordAllowed } from "./assert-password-allowed";
import { hashPassword } from "./hash-password";

export const RESET_LINK_HOURS = 24;

const digestText = (token: string) => digestOf(token).toString("hex");

export interface PasswordResetLink {
  /** Path and query of the link; the address of the portal goes before it. Shown once. */
  path: string;
  expiresAt: Date;
}

/**
 * Makes a link by which a user chooses a new password, once, within a day; an earlier one stops working. The caller
 * judges the permission and writes the audit row in the same transaction.
 */
export async function createPasswordResetLink(
  tx: Transaction,
  userId: number,
  createdByUserId: number | null,
): Promise<PasswordResetLink> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + RESET_LINK_HOURS * 3_600_000);
  await replaceToken(tx, {
    tokenDigest: digestText(token),
    userId,
    purpose: "password-reset",
    expiresAt,
    createdByUserId,
  });
  return { path: `/reset-password?token=${token}`, expiresAt };
}

/** Whose password a link is for, without using it up; null when it is unknown, used or over. */
export async function findResetOwner(
  token: string,
): Promise<{ userId: number; username: string; email: string } | null> {
  const userId = await findTokenUserId(digestText(token), "password-reset");
  const user = userId === null ? null : await findSignInUser(database(), userId);
  return user && { userId: user.id, username: user.username, email: user.email };
}

function linkIsOver(): AppError {
  return new AppError(
    "not_found",
    "This link has been used or is over. Ask your administrator for a new one.",
  );
}

/**
 * Sets the password of the link's user and ends all their sessions. The link works once, and only when the password
 * is accepted. A second step stays as it is.
 *
 * @throws AppError `invalid` on `newPassword`; `not_found` for a link that does not work (any more).
 */
export async function resetPasswordByLink(
  token: string,
  newPassword: string,
  address: string,
): Promise<void> {
  const owner = await findResetOwner(token);
  if (!owner) throw linkIsOver();
  await assertPasswordAllowed(newPassword, owner, "newPassword");
  const hash = await hashPassword(newPassword, { asker: `address ${address}`, isKnown: false });
  await database().transaction(async (tx) => {
    const userId = await spendToken(tx, digestText(token), "password-reset");
    if (userId === null) throw linkIsOver();
    await storePassword(tx, userId, hash, false);
    const endedSessions = await endSessionsOf(tx, userId);
    await deleteTokensOf(tx, userId, "password-reset");
    await insertAuditRow(tx, {
      companyId: null,
      actorUserId: userId,
      actorName: owner.username,
      address,
      action: "user.reset-own-password",
      outcome: "success",
      targetType: "user",
      targetId: userId,
      targetName: owner.username,
      after: { by: "link", endedSessions },
    });
  });
}
