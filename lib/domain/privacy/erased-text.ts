/** What stands for the name of an erased account: in English everywhere, as names are. */
export function erasedName(accountId: number): string {
  return `Erased account ${accountId}`;
}

// Part of another name or word: `anna` in `joanna`, `anna.smith` and `anna@example.com`.
const BEFORE = String.raw`(?<![\p{L}\p{M}\p{N}_]|[\p{L}\p{N}][.@-])`;
const AFTER = String.raw`(?![\p{L}\p{M}\p{N}_]|[.@-][\p{L}\p{N}])`;

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

/**
 * The text with another name wherever it names the account, in any letter case, with its domain or without it. The same
 * letters within another word stay. The text is as it was when it doesn't name the account.
 */
export function withoutName(text: string, name: string, replacement: string): string {
  const whole = name.normalize("NFC");
  const short = whole.slice(whole.lastIndexOf("\\") + 1);
  const names = [whole, short].filter((one) => one !== "").map(escaped);
  const pattern = new RegExp(`${BEFORE}(?:${names.join("|")})${AFTER}`, "giu");
  const known = text.normalize("NFC");
  return pattern.test(known) ? known.replaceAll(pattern, () => replacement) : text;
}
