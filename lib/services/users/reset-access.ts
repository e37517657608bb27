import type { z } from "zod";
import { findUsers, updateUser } from "@/db/queries/global/users";
import { clearMfa } from "@/db/queries/users/mfa";
import { can } from "@/lib/domain/permissions";
import { AppError } from "@/lib/errors";
import { AccessDenied, assertCan } from "../access/denied";
import { endSessionsOf } from "../auth/sessions";
import type { ServiceContext } from "../context";
import { sourceFor, tellPasswordChanged, tellSecondStep } from "../mail/security-notices";
import { tellMfaOff } from "../notifications/tell-users";
import { administer } from "./administer";
import { grantAccess, prepareAccess, type GrantedAccess } from "./grant-access";
import { recordUserChange } from "./record-user-change";
import type { mfaRequirementInput, userRefInput } from "./user-input";

/** `password` is the operator's own choice, from the command line only. */
export type PasswordReset = z.output<typeof userRefInput> & { password?: string };

/**
 * Replaces a user's password by a temporary one, and ends their sessions.
 *
 * The answer is shown once. An existing password is never shown, because it can't be read.
 * @throws AppError `conflict` for the actor's own account, whose change needs the current password.
 */
export async function resetPassword(
  context: ServiceContext,
  { userId, password }: PasswordReset,
): Promise<GrantedAccess & { username: string }> {
  if (userId === context.actor.userId) {
    throw new AppError("conflict", { key: "errors.ownPassword" });
  }
  // Asked before the hash is made, which is work for nothing when refused; and again on the locked rows.
  const [seen] = await findUsers([userId]);
  if (!seen || !can(context.actor, "user:list", seen)) {
    const attempt = { action: "user:reset-password", companyId: null, targetType: "user", targetId: userId };
    throw new AccessDenied("not_found", attempt);
  }
  assertCan(context.actor, "user:reset-password", seen);
  const prepared = await prepareAccess(context, seen, password);
  return administer(context, "user:reset-password", [userId], async ({ tx, actor, targets: [user] }) => {
    assertCan(actor, "user:reset-password", user!);
    await endSessionsOf(tx, userId);
    const granted = await grantAccess(tx, userId, prepared);
    await recordUserChange(tx, context, { action: "user.reset-password", user: user! });
    await tellPasswordChanged(tx, user!, sourceFor(userId, context));
    return { ...granted, username: user!.username };
  });
}

/** Turns off a user's two-factor authentication, for a lost device, and ends their sessions. */
export async function resetMfa(
  context: ServiceContext,
  { userId }: z.output<typeof userRefInput>,
): Promise<void> {
  await administer(context, "user:reset-mfa", [userId], async ({ tx, actor, targets: [user] }) => {
    assertCan(actor, "user:reset-mfa", user!);
    if (userId === actor.userId) {
      throw new AppError("conflict", { key: "errors.ownTwoFactor" });
    }
    await clearMfa(tx, userId);
    await endSessionsOf(tx, userId);
    await recordUserChange(tx, context, {
      action: "user.reset-mfa",
      user: user!,
      diff: { before: { mfaEnabled: user!.mfaEnabled }, after: { mfaEnabled: false } },
    });
    if (!user!.mfaEnabled) return;
    await tellMfaOff(tx, user!, context.audit.actorName);
    await tellSecondStep(tx, user!, "off", sourceFor(userId, context));
  });
}

/** Ends every session of a user, who may sign in again. @throws AppError `conflict` for oneself. */
export async function signUserOut(
  context: ServiceContext,
  { userId }: z.output<typeof userRefInput>,
): Promise<{ ended: number }> {
  return administer(context, "user:sign-out", [userId], async ({ tx, actor, targets: [user] }) => {
    assertCan(actor, "user:sign-out", user!);
    if (userId === actor.userId) {
      throw new AppError("conflict", { key: "errors.ownSessions" });
    }
    const ended = await endSessionsOf(tx, userId);
    await recordUserChange(tx, context, { action: "user.sign-out", user: user!, diff: { after: { ended } } });
    return { ended };
  });
}

/** Sets whether a user must use two-factor authentication, whatever the portal's setting is; null inherits it. */
export async function setMfaRequirement(
  context: ServiceContext,
  { userId, requirement }: z.output<typeof mfaRequirementInput>,
): Promise<void> {
  await administer(context, "mfa-policy:set", [userId], async ({ tx, actor, targets: [user] }) => {
    assertCan(actor, "mfa-policy:set", user!);
    if (requirement === undefined || user!.mfaRequired === requirement) return;
    await updateUser(tx, userId, { mfaRequired: requirement });
    await recordUserChange(tx, context, {
      action: "user.set-mfa-requirement",
      user: user!,
      diff: { before: { mfaRequired: user!.mfaRequired }, after: { mfaRequired: requirement } },
    });
  });
}
