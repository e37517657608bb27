/** The password rules a GlobalAdmin may set (docs/domain.md, section 4). */
export interface PasswordPolicy {
  /** In characters as a person counts them (code points); read as 8 when lower. */
  minLength: number;
  requiresNumbersAndMixedCase: boolean;
  requiresSpecialCharacter: boolean;
  /** The characters that count as special; when empty, none is asked for. */
  specialCharacters: string;
}

/** Whose password it is: their names make poor passwords. Either may be empty while not typed yet. */
export interface PasswordOwner {
  username: string;
  email: string;
}

export type PasswordRuleName =
  | "min_length"
  | "max_length"
  | "well_formed"
  | "not_blank"
  | "numbers_mixed_case"
  | "special_character"
  | "not_owner"
  | "not_common";

/** One rule, and whether the password keeps it. The catalog words it under `passwordRules`, by its name. */
export interface PasswordRule {
  rule: PasswordRuleName;
  ok: boolean;
  values?: { min: number } | { max: number } | { characters: string };
}

/** No policy may ask for less. */
export const PASSWORD_MIN_LENGTH = 8;
/** Far above what people type; it bounds the work an over-long password makes. Nothing is ever cut off. */
export const PASSWORD_MAX_LENGTH = 1024;

function lengthRules(password: string, policy: PasswordPolicy): PasswordRule[] {
  const minLength = Math.max(PASSWORD_MIN_LENGTH, policy.minLength);
  const length = [...password].length;
  const rules: PasswordRule[] = [{ rule: "min_length", ok: length >= minLength, values: { min: minLength } }];
  if (length > PASSWORD_MAX_LENGTH) {
    rules.push({ rule: "max_length", ok: false, values: { max: PASSWORD_MAX_LENGTH } });
  }
  // Half a character has no bytes of its own: different broken texts would be the same password.
  if (/\p{Cs}/u.test(password)) {
    rules.push({ rule: "well_formed", ok: false });
  }
  if (password !== "" && /^[\p{Z}\p{C}]*$/u.test(password)) {
    rules.push({ rule: "not_blank", ok: false });
  }
  return rules;
}

function compositionRules(password: string, policy: PasswordPolicy): PasswordRule[] {
  const rules: PasswordRule[] = [];
  if (policy.requiresNumbersAndMixedCase) {
    const ok = /\p{Nd}/u.test(password) && /\p{Lu}/u.test(password) && /\p{Ll}/u.test(password);
    rules.push({ rule: "numbers_mixed_case", ok });
  }
  const specials = new Set(policy.specialCharacters);
  if (policy.requiresSpecialCharacter && specials.size > 0) {
    const ok = [...password].some((character) => specials.has(character));
    rules.push({ rule: "special_character", ok, values: { characters: policy.specialCharacters } });
  }
  return rules;
}

function isOwnersName(password: string, owner: PasswordOwner): boolean {
  const typed = password.trim().toLowerCase();
  const names = [owner.username, owner.email, owner.email.split("@")[0] ?? ""];
  return names.some((name) => name.trim().toLowerCase() === typed);
}

/**
 * Every rule that applies, in the order a person reads them, with whether `password` keeps it.
 *
 * Runs in the browser too. Rules that are rarely broken (too long, broken text) are listed only then; the list of
 * common passwords is the server's (`checkNewPassword`).
 */
export function checkPassword(
  password: string,
  policy: PasswordPolicy,
  owner: PasswordOwner,
): PasswordRule[] {
  return [
    ...lengthRules(password, policy),
    ...compositionRules(password, policy),
    { rule: "not_owner", ok: password !== "" && !isOwnersName(password, owner) },
  ];
}
