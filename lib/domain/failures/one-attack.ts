import type { Burst } from "./burst-finder";

/** A burst and the first success that followed it, if one did. */
export interface JudgedBurst<Success extends { at: number }> {
  burst: Burst;
  success: Success | null;
}

/**
 * Tells one attack once. Passwords tried from one address on many accounts are also failures of each account: those that
 * came from that address alone become part of the address's burst, and a success that followed any of them followed it.
 *
 * Keeps the order.
 */
export function joinAttacks<Success extends { at: number }>(
  judged: readonly JudgedBurst<Success>[],
): JudgedBurst<Success>[] {
  const ofAccounts = new Map<string, JudgedBurst<Success>[]>();
  for (const one of judged) {
    if (one.burst.kind !== "account") continue;
    const key = keyOf(one.burst.companyId, one.burst.accountId);
    ofAccounts.set(key, [...(ofAccounts.get(key) ?? []), one]);
  }
  const absorbed = new Set<JudgedBurst<Success>>();
  const joined = judged.map((one) => {
    if (one.burst.kind !== "address") return one;
    const parts = one.burst.accountIds
      .flatMap((accountId) => ofAccounts.get(keyOf(one.burst.companyId, accountId)) ?? [])
      .filter(({ burst }) => isPartOf(burst, one.burst));
    const whole = parts.filter(({ burst }) => burst.addresses.length === 1);
    for (const part of whole) absorbed.add(part);
    const lockouts = whole.reduce((sum, { burst }) => sum + burst.lockouts, one.burst.lockouts);
    return { burst: { ...one.burst, lockouts }, success: earliest([one, ...parts]) };
  });
  return joined.filter((one) => !absorbed.has(one));
}

const keyOf = (companyId: number, accountId: number | null) => `${companyId} ${accountId}`;

function isPartOf(ofAccount: Burst, ofAddress: Burst): boolean {
  const overlaps = ofAccount.from <= ofAddress.to && ofAccount.to >= ofAddress.from;
  return overlaps && ofAddress.address !== null && ofAccount.addresses.includes(ofAddress.address);
}

function earliest<Success extends { at: number }>(judged: readonly JudgedBurst<Success>[]): Success | null {
  const found = judged.flatMap(({ success }) => success ?? []);
  return found.reduce<Success | null>((first, one) => (first && first.at <= one.at ? first : one), null);
}
