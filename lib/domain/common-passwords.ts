import { dictionary } from "@zxcvbn-ts/language-common";
import {
  checkPassword,
  PASSWORD_MIN_LENGTH,
  type PasswordOwner,
  type PasswordPolicy,
  type PasswordRule,
} from "./passwords";

/** Passwords in this product's own documentation, which any attacker tries first. */
const OWN_PASSWORDS = ["adminsuper", "superadmin", "winauthmon"];

let commonPasswords: ReadonlySet<string> | null = null;

function readCommonPasswords(): ReadonlySet<string> {
  const listed = dictionary["passwords-common"].filter((password) => password.length >= PASSWORD_MIN_LENGTH);
  return new Set([...listed, ...OWN_PASSWORDS]);
}

/** Whether the password, without regard to case, is among some eighteen thousand that everybody tries first. */
export function isCommonPassword(password: string): boolean {
  commonPasswords ??= readCommonPasswords();
  return commonPasswords.has(password.toLowerCase());
}

/**
 * The rules of `checkPassword` and, on top, the refusal of common passwords: what a server asks of a new password.
 *
 * Kept apart because the list is too large to send to a browser.
 */
export function checkNewPassword(
  password: string,
  policy: PasswordPolicy,
  owner: PasswordOwner,
): PasswordRule[] {
  return [...checkPassword(password, policy, owner), { rule: "not_common", ok: !isCommonPassword(password) }];
}
