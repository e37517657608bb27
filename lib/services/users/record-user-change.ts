import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import type { UserRecord } from "@/db/queries/global/users";
import { insertAccountNotice } from "@/db/queries/users/account-notices";
import { isAccountNotice } from "@/lib/domain/account-notices";
import type { ServiceContext } from "../context";

interface Diff {
  before?: object | null;
  after?: object | null;
}

export interface UserChangeRecord {
  action: string;
  user: Pick<UserRecord, "userId" | "username"> & { memberships: readonly { companyId: number }[] };
  /** Where the change concerns one company alone. */
  companyId?: number;
  /** The same in every trail, or what the trail of one company (null: the portal's) may hold. */
  diff?: Diff | ((companyId: number | null) => Diff);
}

/** The memberships that one company's audit trail may show; the portal's own may show all. */
export function membershipsIn<Membership extends { companyId: number }>(
  memberships: readonly Membership[],
  companyId: number | null,
): Membership[] {
  return memberships.filter((membership) => companyId === null || membership.companyId === companyId);
}

/**
 * Writes a change of a user into the trail of each of their companies, or the portal's when they have none, and
 * leaves a notice for the user to find at the next sign-in.
 */
export async function recordUserChange(
  tx: Transaction,
  { actor, audit }: ServiceContext,
  { action, user, companyId, diff = {} }: UserChangeRecord,
): Promise<void> {
  const companyIds = companyId === undefined ? user.memberships.map((one) => one.companyId) : [companyId];
  for (const trail of companyIds.length === 0 ? [null] : companyIds) {
    await insertAuditRow(tx, {
      ...audit,
      companyId: trail,
      action,
      outcome: "success",
      targetType: "user",
      targetId: user.userId,
      targetName: user.username,
      ...(typeof diff === "function" ? diff(trail) : diff),
    });
  }
  if (!isAccountNotice(action) || user.userId === actor.userId) return;
  await insertAccountNotice(tx, { userId: user.userId, action, actorName: audit.actorName });
}
