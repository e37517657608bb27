import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findUsers } from "@/db/queries/global/users";
import {
  endLinksOf,
  findTokenUserId,
  spendToken,
  type LinkPurpose,
} from "@/db/queries/users/one-time-tokens";
import { findSignInUser, lockSignInUser, storePassword } from "@/db/queries/users/sign-in";
import type { TextKey } from "@/lib/domain/text";
import { AppError } from "@/lib/errors";
import { digestOf } from "@/lib/secret-box";
import { endSessionsOf } from "../auth/sessions";
import { tellPasswordChanged } from "../mail/security-notices";
import { assertPasswordAllowed } from "./assert-password-allowed";
import { hashPassword } from "./hash-password";

export type { LinkPurpose };

const digestText = (token: string) => digestOf(token).toString("hex");

export interface LinkOwner {
  userId: number;
  username: string;
  email: string;
}

/** Whose password a link is for, without using it up; null when it is unknown, used or over. */
export async function findLinkOwner(purpose: LinkPurpose, token: string): Promise<LinkOwner | null> {
  const userId = await findTokenUserId(digestText(token), purpose);
  const user = userId === null ? null : await findSignInUser(database(), userId);
  return user && { userId: user.id, username: user.username, email: user.email };
}

/** The same words for a link that never existed, so that they don't reveal which ones did. */
const OVER = {
  "password-reset": "errors.resetLinkExpired",
  invitation: "errors.invitationLinkExpired",
} as const satisfies Readonly<Record<LinkPurpose, TextKey>>;

const linkIsOver = (purpose: LinkPurpose) => new AppError("not_found", { key: OVER[purpose] });

/** Where the person at the link is. */
export interface LinkUse {
  address: string;
  userAgent: string | null;
}

/**
 * Sets the password of the link's user, ends all their sessions and every other link for it. The link works once, and
 * only when the password is accepted. A second step stays as it is.
 *
 * @throws AppError `invalid` on `newPassword`; `not_found` for a link that does not work (any more).
 */
export async function choosePasswordByLink(
  purpose: LinkPurpose,
  token: string,
  newPassword: string,
  from: LinkUse,
): Promise<void> {
  const owner = await findLinkOwner(purpose, token);
  if (!owner) throw linkIsOver(purpose);
  await assertPasswordAllowed(newPassword, owner, "newPassword");
  const hash = await hashPassword(newPassword, { asker: `address ${from.address}`, isKnown: false });
  await database().transaction(async (tx) => {
    // Locked before the link, as when the password is reset, to avoid a deadlock.
    await lockSignInUser(tx, owner.userId);
    const userId = await spendToken(tx, digestText(token), purpose);
    if (userId === null) throw linkIsOver(purpose);
    await storePassword(tx, userId, hash, false);
    const endedSessions = await endSessionsOf(tx, userId);
    await endLinksOf(tx, userId);
    if (purpose === "invitation") return recordAcceptance(tx, owner, from);
    await recordUse(tx, owner, from, {
      action: "user.reset-own-password",
      companyId: null,
      after: { by: "link", endedSessions },
    });
    await tellPasswordChanged(tx, owner, { by: null, ...from });
  });
}

/** In the trail of each company of the person, as the invitation itself. */
async function recordAcceptance(tx: Transaction, owner: LinkOwner, from: LinkUse): Promise<void> {
  const [user] = await findUsers([owner.userId], tx);
  const companyIds = user!.memberships.map(({ companyId }) => companyId);
  for (const companyId of companyIds.length === 0 ? [null] : companyIds) {
    await recordUse(tx, owner, from, { action: "user.accept-invitation", companyId });
  }
}

async function recordUse(
  tx: Transaction,
  { userId, username }: LinkOwner,
  { address }: LinkUse,
  what: { action: string; companyId: number | null; after?: object },
): Promise<void> {
  await insertAuditRow(tx, {
    ...what,
    actorUserId: userId,
    actorName: username,
    address,
    targetType: "user",
    targetId: userId,
    targetName: username,
  });
}
