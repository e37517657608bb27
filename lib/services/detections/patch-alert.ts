import type { z } from "zod";
import { writeWithin } from "@/db/scope";
import type { alertPatch } from "@/lib/domain/detections/alert-form";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { assignLocked, holdAssignee } from "./assign-alerts";
import { changeLocked, commentLocked, lockAll } from "./change-alerts";

/**
 * Changes state and assignee of an alert and comments on it, all of it or nothing.
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
    const alerts = await lockAll(tx, context, [alertId]);
    const isMoved = state !== undefined && state !== alerts[0]!.state;
    if (isMoved) await changeLocked(tx, context, alerts, state, comment);
    else if (comment !== "") await commentLocked(tx, context, alerts, comment);
    if (held) await assignLocked(tx, context, alerts, held);
  });
}
