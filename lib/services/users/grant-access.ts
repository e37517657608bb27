import type { Transaction } from "@/db/client";
import { updateUser } from "@/db/queries/global/users";
import type { PasswordOwner } from "@/lib/domain/passwords";
import type { ServiceContext } from "../context";
import { hashPassword } from "../passwords/hash-password";
import { temporaryPassword } from "../passwords/temporary-password";
import { passwordPolicyOf } from "../settings/password-policy";
import { readSettings } from "../settings/read-settings";

export type AccessKind = "temporary-password" | "link";

/** Shown to the administrator once, to be handed on; nothing of it is stored in the clear. */
export type GrantedAccess = { temporaryPassword: string };

export interface PreparedAccess {
  kind: AccessKind;
  passwordHash: string;
  mustChangePassword: boolean;
  temporaryPassword: string;
}

/** Makes and hashes the password outside any transaction, since a hash takes a quarter of a second. */
export async function prepareAccess(kind: AccessKind, owner: PasswordOwner): Promise<PreparedAccess> {
  const password = temporaryPassword(passwordPolicyOf(await readSettings()), owner);
  return {
    kind,
    passwordHash: await hashPassword(password),
    mustChangePassword: true,
    temporaryPassword: password,
  };
}

/** Stores the prepared password. */
export async function grantAccess(
  tx: Transaction,
  _context: ServiceContext,
  userId: number,
  prepared: PreparedAccess,
): Promise<GrantedAccess> {
  const { passwordHash: password, mustChangePassword } = prepared;
  await updateUser(tx, userId, { password, mustChangePassword, passwordChangedAt: new Date() });
  return { temporaryPassword: prepared.temporaryPassword };
}
