import { dormantAccount } from "./dormant-account";
import type { RuleValues } from "./rule";

/** How retention limits a rule that waits for accounts to return. */
export interface KeptAccounts {
  /** Days after its last event when an account is deleted, with what rules know of it. */
  keptDays: number;
  /** The rule waits for as long or longer, so that it finds next to nothing. */
  isTooShort: boolean;
}

/** null for other rules, and where accounts are kept twice as long as the rule waits, or for good (`keptDays` null). */
export function keptAccountsOf(
  rule: string,
  { days }: RuleValues,
  keptDays: number | null,
): KeptAccounts | null {
  if (rule !== dormantAccount.name || keptDays === null || keptDays >= 2 * days!) return null;
  return { keptDays, isTooShort: keptDays <= days! };
}
