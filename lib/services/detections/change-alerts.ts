import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockAlerts, setAlertStates, type LockedAlert } from "@/db/queries/detections/change-alerts";
import { writeWithin } from "@/db/scope";
import type { alertCommentForm, alertStateForm } from "@/lib/domain/detections/alert-form";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { auditOf, writeHistory } from "./note-alerts";
import { holdLostAssignees, unassignLost } from "./reopen-alerts";

/**
 * Gives alerts a state, with a comment if there is one. Those that have the state already only get the comment. Who may no
 * longer deal with an alert that is opened again is taken off it.
 *
 * @throws AccessDenied; AppError `not_found` when one of them does not exist, and nothing is changed.
 */
export async function setAlertState(
  context: CompanyContext,
  { alertId: ids, state, comment }: z.output<typeof alertStateForm>,
): Promise<{ count: number }> {
  assertCan(context.actor, "alerts:manage", context.scope);
  return writeWithin(context.scope, async (tx) => {
    const lost = await holdLostAssignees(tx, context, ids, state);
    const alerts = await lockAll(tx, context, ids);
    const changed = alerts.filter((alert) => alert.state !== state);
    await changeLocked(tx, context, changed, state, comment ?? "");
    await unassignLost(tx, context, changed, lost);
    const kept = alerts.filter((alert) => alert.state === state);
    if (comment !== null) await commentLocked(tx, context, kept, comment);
    return { count: changed.length };
  });
}

/** Writes a comment below an alert. @throws AccessDenied; AppError `not_found`. */
export async function commentAlert(
  context: CompanyContext,
  { alertId, comment }: z.output<typeof alertCommentForm>,
): Promise<void> {
  assertCan(context.actor, "alerts:manage", context.scope);
  await writeWithin(context.scope, async (tx) => {
    await commentLocked(tx, context, await lockAll(tx, context, [alertId]), comment!);
  });
}

/** Writes a comment below alerts that are held by the transaction. */
export async function commentLocked(
  tx: Transaction,
  context: CompanyContext,
  alerts: readonly LockedAlert[],
  comment: string,
): Promise<void> {
  await writeHistory(tx, context, alerts, { comment });
  for (const alert of alerts) await insertAuditRow(tx, { ...auditOf(context, alert), after: { comment } });
}

/** Takes the alerts for the rest of the transaction. @throws AppError `not_found` when one does not exist. */
export async function lockAll(
  tx: Transaction,
  { scope }: CompanyContext,
  ids: readonly number[],
): Promise<LockedAlert[]> {
  const wanted = [...new Set(ids)];
  const alerts = await lockAlerts(tx, scope, wanted);
  if (alerts.length < wanted.length) throw new AppError("not_found", { key: "alertErrors.alertMissing" });
  return alerts;
}

/** Changes the state of alerts that are held by the transaction. */
export async function changeLocked(
  tx: Transaction,
  context: CompanyContext,
  alerts: readonly LockedAlert[],
  state: string,
  comment: string,
): Promise<void> {
  if (alerts.length === 0) return;
  await setAlertStates(
    tx,
    context.scope,
    alerts.map(({ id }) => id),
    state,
  );
  await writeHistory(tx, context, alerts, { state, comment });
  for (const alert of alerts) {
    await insertAuditRow(tx, {
      ...auditOf(context, alert),
      before: { state: alert.state },
      after: { state, ...(comment && { comment }) },
    });
  }
}
