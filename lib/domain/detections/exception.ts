import type { RuleName, SeenEvent } from "./rule";

/** What a rule shall not count: events of an account, on a computer, of a site or from an address, before the end. */
export interface RuleException {
  rule: RuleName;
  accountId: number | null;
  address: string | null;
  computerId: number | null;
  siteId: number | null;
  /** Epoch milliseconds; null for no end. */
  endsAt: number | null;
}

export function isExcepted(
  exceptions: readonly RuleException[],
  rule: RuleName,
  event: Pick<SeenEvent, "at" | "accountId" | "address" | "computerId" | "siteId">,
): boolean {
  if (exceptions.length === 0) return false;
  return exceptions.some(
    (one) =>
      one.rule === rule &&
      (one.endsAt === null || event.at < one.endsAt) &&
      (one.accountId === null || one.accountId === event.accountId) &&
      (one.computerId === null || one.computerId === event.computerId) &&
      (one.siteId === null || one.siteId === event.siteId) &&
      (one.address === null || one.address === event.address),
  );
}
