import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import {
  holdAlertsOf,
  lockAssignedAlerts,
  setAlertAssignees,
  type LockedAlert,
} from "@/db/queries/detections/change-alerts";
import { listCompaniesAssigned, listCompaniesNaming } from "@/db/queries/global/alert-assignees";
import type { UserRecord } from "@/db/queries/global/users";
import { operatorScope, type CompanyWriteScope } from "@/db/scope";
import { can } from "@/lib/domain/permissions";
import type { ServiceContext } from "../context";
import { auditOf, writeHistory } from "./note-alerts";

interface Leaver {
  /** With the roles before the change. */
  user: Pick<UserRecord, "userId" | "username" | "globalRole" | "memberships">;
  /** With the roles that the change leaves; null for nothing at all. */
  after: Pick<UserRecord, "userId" | "globalRole" | "memberships"> | null;
}

interface Unassigned {
  scope: CompanyWriteScope;
  alert: LockedAlert;
  username: string;
}

/**
 * Takes users off the alerts that they may no longer manage and that aren't closed, with a row in the history of each.
 * Closed ones keep who dealt with them.
 *
 * Call it before the transaction writes to the audit trail or deletes the user, and hand what it gives to
 * {@link recordUnassigned} afterwards: changing an alert locks the alert first and the trail's end after it.
 */
export async function unassignWhereLost(
  tx: Transaction,
  context: ServiceContext,
  leavers: readonly Leaver[],
): Promise<Unassigned[]> {
  const taken: Unassigned[] = [];
  if (leavers.length === 0) return taken;
  const companyIds = await listCompaniesAssigned(
    tx,
    leavers.map(({ user }) => user.userId),
  );
  for (const companyId of companyIds) {
    const scope = operatorScope(companyId);
    const losing = leavers.filter((one) => isLoss(one, scope));
    const names = new Map(losing.map(({ user }) => [user.userId, user.username]));
    const alerts = await lockAssignedAlerts(tx, scope, [...names.keys()]);
    if (alerts.length === 0) continue;
    const ids = alerts.map(({ id }) => id);
    await setAlertAssignees(tx, scope, ids, null);
    await writeHistory(tx, { ...context, scope }, alerts, { assignedTo: "" });
    taken.push(...alerts.map((alert) => ({ scope, alert, username: names.get(alert.assigneeUserId!)! })));
  }
  return taken;
}

/**
 * Holds the alerts from which deleting the user takes the user off, closed ones too, in the order in which others hold
 * several. Call it before {@link unassignWhereLost}.
 */
export async function holdAlertsNaming(tx: Transaction, userId: number): Promise<void> {
  for (const companyId of await listCompaniesNaming(tx, userId))
    await holdAlertsOf(tx, operatorScope(companyId), userId);
}

function isLoss({ user, after }: Leaver, scope: CompanyWriteScope): boolean {
  return after === null || (can(user, "alerts:manage", scope) && !can(after, "alerts:manage", scope));
}

/** Writes to the audit trail of each alert's company who was taken off it. */
export async function recordUnassigned(
  tx: Transaction,
  context: ServiceContext,
  unassigned: readonly Unassigned[],
): Promise<void> {
  for (const { scope, alert, username } of unassigned) {
    await insertAuditRow(tx, {
      ...auditOf({ ...context, scope }, alert),
      before: { assignee: username },
      after: { assignee: null },
    });
  }
}
