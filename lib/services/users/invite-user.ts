import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { updateUser, type UserRecord } from "@/db/queries/global/users";
import { endLinksOf, replaceToken } from "@/db/queries/users/one-time-tokens";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { ServiceContext } from "../context";
import { canMailPersons } from "../mail/mail-pool";
import { queueMail } from "../mail/queue-mail";
import { hashPassword } from "../passwords/hash-password";
import { turnOfUser } from "../passwords/password-queue";
import { administer } from "./administer";
import type { PreparedAccess } from "./grant-access";
import { recordUserChange } from "./record-user-change";
import type { userRefInput } from "./user-input";

/** How long the link of an invitation works. */
export const INVITATION_DAYS = 7;

/** @throws AppError `conflict` while mail is not set up. */
export function assertCanInvite(): void {
  if (canMailPersons()) return;
  throw new AppError("conflict", { key: "errors.inviteNeedsMail" }, [
    { field: "access", message: { key: "errors.inviteNeedsMailField" } },
  ]);
}

/** A random password for an invited person, unknown to all, until they choose one. */
export async function prepareInvitation({ actor }: ServiceContext): Promise<PreparedAccess> {
  const passwordHash = await hashPassword(randomBytes(32).toString("base64url"), turnOfUser(actor.userId));
  return { temporaryPassword: null, passwordHash };
}

export interface Invitee {
  userId: number;
  email: string;
  /** The companies that the mail names. */
  companies: readonly string[];
}

/** Sends a link by which the person chooses a password, in place of every earlier one. Gives when it ends. */
export async function sendInvitation(
  tx: Transaction,
  { actor, audit }: ServiceContext,
  { userId, email, companies }: Invitee,
): Promise<Date> {
  const expiresAt = new Date(Date.now() + INVITATION_DAYS * 24 * 3_600_000);
  const params = { by: audit.actorName, companies: [...companies] };
  const mail = { kind: "invitation" as const, params, userId, address: email, expiresAt };
  const { tokenDigest } = await queueMail(tx, mail);
  const createdByUserId = actor.userId || null;
  await replaceToken(tx, { tokenDigest, userId, purpose: "invitation", expiresAt, createdByUserId });
  await updateUser(tx, userId, { invitedUntil: expiresAt });
  return expiresAt;
}

/** Whether the actor may invite the user again now, before anything is done for it. @throws AccessDenied or AppError `conflict`. */
export async function assertMayInviteAgain(
  context: ServiceContext,
  { userId }: z.output<typeof userRefInput>,
): Promise<void> {
  await administer(context, "user:reset-password", [userId], async ({ actor, targets: [user] }) => {
    assertInvitable(actor, user!);
  });
}

function assertInvitable(actor: Actor, user: UserRecord): void {
  assertCan(actor, "user:reset-password", user);
  assertStillInvited(user);
  if (!user.isActive) throw new AppError("conflict", { key: "errors.activateFirst" });
}

/** Invites a person again who hasn't chosen a password yet; the earlier link stops working. @throws AppError `conflict`. */
export async function resendInvitation(
  context: ServiceContext,
  { userId }: z.output<typeof userRefInput>,
): Promise<{ invitedUntil: number }> {
  assertCanInvite();
  return administer(context, "user:reset-password", [userId], async ({ tx, actor, targets: [user] }) => {
    assertInvitable(actor, user!);
    const companies = user!.memberships.map(({ companyName }) => companyName);
    const until = await sendInvitation(tx, context, { userId, email: user!.email, companies });
    const diff = { after: { email: user!.email, invitedUntil: until } };
    await recordUserChange(tx, context, { action: "user.invite", user: user!, diff });
    return { invitedUntil: until.getTime() };
  });
}

/** Ends the link of an invitation; the user stays, and cannot sign in. @throws AppError `conflict`. */
export async function revokeInvitation(
  context: ServiceContext,
  { userId }: z.output<typeof userRefInput>,
): Promise<void> {
  await administer(context, "user:reset-password", [userId], async ({ tx, actor, targets: [user] }) => {
    assertCan(actor, "user:reset-password", user!);
    assertStillInvited(user!);
    if (user!.invitedUntil!.getTime() <= Date.now()) return;
    await endLinksOf(tx, userId);
    await recordUserChange(tx, context, {
      action: "user.revoke-invitation",
      user: user!,
      diff: { before: { invitedUntil: user!.invitedUntil } },
    });
  });
}

function assertStillInvited({ username, invitedUntil }: UserRecord): void {
  if (invitedUntil !== null) return;
  throw new AppError("conflict", { key: "errors.noInvitation", values: { username } });
}
