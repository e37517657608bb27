import type { RuleName, SeenEvent } from "./rule";

/** What a rule shall not count: events of an account, on a computer or from an address, that happen before the end. */
export interface RuleException {
  rule: RuleName;
  accountId: number | null;
  address: string | null;
  /** Epoch milliseconds; null for no end. */
  endsAt: number | null;
}

export function isExcepted(
  exceptions: readonly RuleException[],
  rule: RuleName,
  event: Pick<SeenEvent, "at" | "accountId" | "address">,
): boolean {
  return exceptions.some(
    (one) =>
      one.rule === rule &&
      (one.endsAt === null || event.at < one.endsAt) &&
      (one.accountId === null || one.accountId === event.accountId) &&
      (one.address === null || one.address === event.address),
  );
}
