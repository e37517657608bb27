/** The password rules a GlobalAdmin may set (DOMAIN §4). */
export interface PasswordPolicy {
  /** In characters as a person counts them (code points), at least 8. */
  minLength: number;
  requiresNumbersAndMixedCase: boolean;
  requiresSpecialCharacter: boolean;
  /** The characters that count as special. */
  specialCharacters: string;
}

/** Whose password it is: their names make poor passwords. Either may be empty while not typed yet. */
export interface PasswordOwner {
  username: string;
  email: string;
}

/** One rule, worded for a person, and whether the password keeps it. */
export interface PasswordRule {
  ok: boolean;
  message: string;
}

/** Every rule that applies, in the order a person reads them, with whether `password` keeps it. */
export function checkPassword(
  password: string,
  policy: PasswordPolicy,
  owner: PasswordOwner,
): PasswordRule[] {
  const rules: PasswordRule[] = [
    { ok: [...password].length >= policy.minLength, message: `At least ${policy.minLength} characters.` },
  ];
  if (policy.requiresNumbersAndMixedCase) {
    const hasAll = /\p{Nd}/u.test(password) && /\p{Lu}/u.test(password) && /\p{Ll}/u.test(password);
    rules.push({ ok: hasAll, message: "A number, a capital and a small letter." });
  }
  if (policy.requiresSpecialCharacter) {
    rules.push({
      ok: [...password].some((character) => policy.specialCharacters.includes(character)),
      message: `One of these characters: ${policy.specialCharacters}`,
    });
  }
  const names = [owner.username, owner.email, owner.email.split("@")[0] ?? ""].map((name) =>
    name.toLowerCase(),
  );
  rules.push({
    ok: password !== "" && !names.includes(password.toLowerCase()),
    message: "Not your username or e-mail address.",
  });
  return rules;
}
