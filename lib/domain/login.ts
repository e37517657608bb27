const MAX_LOGIN = 254;

/**
 * What the user typed as username or email address, as it is looked up: trimmed and well-formed; null when it is
 * empty, too long or has control characters, which no account has.
 *
 * Spellings that mean the same account share one key, which the database alone computes (`login_key`).
 */
export function loginTextOf(typed: string): string | null {
  const text = typed.trim();
  const isPossible = text !== "" && text.length <= MAX_LOGIN && !/[\p{Cc}\p{Cs}]/u.test(text);
  return isPossible ? text : null;
}
