import type { Transaction } from "@/db/client";
import {
  findMailUser,
  findUserByAddress,
  updateMail,
  type MailRow,
  type MailUser,
} from "@/db/queries/mail/messages";
import { deletePendingOf } from "@/db/queries/mail/pending-registrations";
import { insertToken } from "@/db/queries/users/one-time-tokens";
import { lockSignInUser } from "@/db/queries/users/sign-in";
import { RESET_REQUEST_MINUTES } from "../passwords/request-password-reset";
import { linkTokens, tokenDigestOf } from "./queue-mail";

export interface ResolvedMail {
  mail: MailRow;
  user: MailUser | null;
}

/**
 * Finds the account a mail is about. The request itself does not look, so that neither its answer nor its time tells
 * whether an address has an account.
 */
export async function resolveMail(tx: Transaction, mail: MailRow): Promise<ResolvedMail | { nobody: true }> {
  if (mail.userId !== null) return { mail, user: await findMailUser(tx, mail.userId) };
  if (mail.kind === "password-reset") return resolveReset(tx, mail);
  if (mail.kind !== "confirm-registration") return { mail, user: null };
  const user = await findUserByAddress(tx, mail.address);
  if (!user) return { mail, user: null };
  await deletePendingOf(tx, mail.address);
  const change = { kind: "already-registered", userId: user.id, address: user.email };
  await updateMail(tx, mail.id, change);
  return { mail: { ...mail, ...change }, user };
}

/** The link is made now, beside others of the user, and goes to the address that the account has. */
async function resolveReset(tx: Transaction, mail: MailRow): Promise<ResolvedMail | { nobody: true }> {
  const sought = await findUserByAddress(tx, mail.address);
  if (!sought) return { nobody: true };
  await lockSignInUser(tx, sought.id);
  // An address that was replaced meanwhile gets no link: those that change it have ended the links made before.
  const user = await findMailUser(tx, sought.id);
  if (user?.email !== sought.email) return { nobody: true };
  // Who was invited and has no password yet gets one by the invitation alone, which an administrator can revoke.
  if (!user.isActive || user.invitedUntil !== null) return { nobody: true };
  const expiresAt = new Date(Date.now() + RESET_REQUEST_MINUTES * 60_000);
  await insertToken(tx, {
    tokenDigest: tokenDigestOf(linkTokens(mail.messageId)[0]),
    userId: user.id,
    purpose: "password-reset",
    expiresAt,
    createdByUserId: null,
  });
  const change = { userId: user.id, address: user.email, expiresAt };
  await updateMail(tx, mail.id, change);
  return { mail: { ...mail, ...change }, user };
}
