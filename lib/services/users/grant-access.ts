import type { Transaction } from "@/db/client";
import { endLinksOf } from "@/db/queries/users/one-time-tokens";
import { storePassword } from "@/db/queries/users/sign-in";
import type { PasswordOwner } from "@/lib/domain/passwords";
import type { ServiceContext } from "../context";
import { assertPasswordAllowed } from "../passwords/assert-password-allowed";
import { hashPassword } from "../passwords/hash-password";
import { turnOfUser } from "../passwords/password-queue";
import { temporaryPassword } from "../passwords/temporary-password";
import { passwordPolicyOf } from "../settings/password-policy";
import { readSettings } from "../settings/read-settings";

/** Shown to the administrator once, to be handed on; nothing of it is stored in the clear. */
export interface GrantedAccess {
  /** To be changed at the first sign-in; null when the operator gave the password. */
  temporaryPassword: string | null;
}

export interface PreparedAccess extends GrantedAccess {
  passwordHash: string;
}

/**
 * Makes, or checks, and hashes a password in the actor's turn, outside any transaction, since a hash takes a quarter of
 * a second.
 *
 * Only the operator's command line gives one. @throws AppError `invalid` when it breaks the rules.
 */
export async function prepareAccess(
  { actor }: Pick<ServiceContext, "actor">,
  owner: PasswordOwner,
  given?: string,
): Promise<PreparedAccess> {
  const turn = turnOfUser(actor.userId);
  if (given !== undefined) {
    await assertPasswordAllowed(given, owner, "password");
    return { temporaryPassword: null, passwordHash: await hashPassword(given, turn) };
  }
  const made = temporaryPassword(passwordPolicyOf(await readSettings()), owner);
  return { temporaryPassword: made, passwordHash: await hashPassword(made, turn) };
}

/** Stores the prepared password, and ends every link for one; a temporary one opens nothing but its own change. */
export async function grantAccess(
  tx: Transaction,
  userId: number,
  { passwordHash, temporaryPassword: made }: PreparedAccess,
): Promise<GrantedAccess> {
  await endLinksOf(tx, userId);
  await storePassword(tx, userId, passwordHash, made !== null);
  return { temporaryPassword: made };
}
