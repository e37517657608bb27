import { randomInt } from "node:crypto";
import { checkPassword, type PasswordOwner, type PasswordPolicy } from "@/lib/domain/passwords";

/** Without the letters and digits that look alike on paper. */
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** A random password that keeps the policy, easy to read out: groups of five; at least 115 random bits. */
export function temporaryPassword(policy: PasswordPolicy, owner: PasswordOwner): string {
  for (;;) {
    const groups = Math.max(GROUPS, Math.ceil((policy.minLength + 1) / (GROUP_LENGTH + 1)));
    const separator = policy.requiresSpecialCharacter ? pick(policy.specialCharacters) : "-";
    const password = Array.from({ length: groups }, () =>
      Array.from({ length: GROUP_LENGTH }, () => pick(ALPHABET)).join(""),
    ).join(separator);
    if (checkPassword(password, policy, owner).every((rule) => rule.ok)) return password;
  }
}

function pick(characters: string): string {
  const all = [...characters];
  return all[randomInt(all.length)] ?? "-";
}
