import type { z } from "zod";
import { writeWithin } from "@/db/scope";
import type { alertPatch } from "@/lib/domain/detections/alert-form";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { assignLocked, holdAssignee } from "./assign-alerts";
import { changeLocked, commentLocked, lockAll } from "./change-alerts";
import { holdLostAssignees, unassignLost } from "./reopen-alerts";

/**
 * Changes state and assignee of an alert and comments on it, all of it or nothing. An assignee who may no longer deal with
 * an alert that is opened again is taken off it.
 *
 * @throws AccessDenied; AppError `not_found`; `invalid` for an assignee who may not deal with it.
 */
export async function patchAlert(
  context: CompanyContext,
  alertId: number,
  { state, comment = "", assignee }: z.output<typeof alertPatch>,
): Promise<void> {
  assertCan(context.actor, "alerts:manage", context.scope);
  await writeWithin(context.scope, async (tx) => {
    const held = assignee === undefined ? null : await holdAssignee(tx, context, assignee ?? "");
    // One user is held at most: two would have to be held by id.
    const isKept = held === null || "wrongName" in held;
    const lost = await holdLostAssignees(tx, context, isKept ? [alertId] : [], state);
    const alerts = await lockAll(tx, context, [alertId]);
    const isMoved = state !== undefined && state !== alerts[0]!.state;
    if (isMoved) await changeLocked(tx, context, alerts, state, comment);
    else if (comment !== "") await commentLocked(tx, context, alerts, comment);
    if (isMoved) await unassignLost(tx, context, alerts, lost);
    if (held) await assignLocked(tx, context, alerts, held);
  });
}
