import type { Transaction } from "@/db/client";
import { doPortalPart } from "@/db/portal-part";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import {
  listClosedAssignees,
  setAlertAssignees,
  type LockedAlert,
} from "@/db/queries/detections/change-alerts";
import { holdUsers } from "@/db/queries/global/users";
import { isClosed } from "@/lib/domain/detections/alert";
import { can } from "@/lib/domain/permissions";
import type { CompanyContext } from "../context";
import { auditOf, writeHistory } from "./note-alerts";

/**
 * Users who may no longer deal with those of the alerts that `state` opens again, though these are assigned to them; all
 * assignees keep their rights until the transaction ends. Call it before alerts are locked: taking a right away locks the
 * user first and the user's alerts after that.
 */
export async function holdLostAssignees(
  tx: Transaction,
  { scope }: CompanyContext,
  ids: readonly number[],
  state: string | undefined,
): Promise<ReadonlySet<number>> {
  const assigned = state === undefined || isClosed(state) ? [] : await listClosedAssignees(tx, scope, ids);
  if (assigned.length === 0) return new Set();
  // A company's own transaction may read users, but hold none.
  const users = await doPortalPart(tx, scope, () => holdUsers(tx, assigned));
  const lost = users.filter((user) => !user.isActive || !can(user, "alerts:manage", scope));
  return new Set(lost.map(({ userId }) => userId));
}

/** Takes users off those of the alerts, held and as they were, that were closed, with rows in history and audit trail. */
export async function unassignLost(
  tx: Transaction,
  context: CompanyContext,
  alerts: readonly LockedAlert[],
  lost: ReadonlySet<number>,
): Promise<void> {
  const taken = alerts.filter(
    ({ state, assigneeUserId }) => isClosed(state) && assigneeUserId !== null && lost.has(assigneeUserId),
  );
  if (taken.length === 0) return;
  const ids = taken.map(({ id }) => id);
  await setAlertAssignees(tx, context.scope, ids, null);
  await writeHistory(tx, context, taken, { assignedTo: "" });
  for (const alert of taken) {
    await insertAuditRow(tx, {
      ...auditOf(context, alert),
      before: { assignee: alert.assignee },
      after: { assignee: null },
    });
  }
}
