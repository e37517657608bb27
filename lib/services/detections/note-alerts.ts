import type { Transaction } from "@/db/client";
import {
  insertAlertHistory,
  type AlertHistoryEntry,
  type LockedAlert,
} from "@/db/queries/detections/change-alerts";
import { ruleTitle } from "@/lib/domain/detections/alert";
import { inEnglish } from "@/lib/english";
import type { CompanyContext } from "../context";

/** Notes below the alerts what was done, and by whom. */
export async function writeHistory(
  tx: Transaction,
  { actor, audit, scope }: CompanyContext,
  alerts: readonly LockedAlert[],
  done: Pick<AlertHistoryEntry, "state" | "comment" | "assignedTo">,
): Promise<void> {
  // An API key and the operator on the command line have no user row.
  const who = { userId: actor.userId || null, actorName: audit.actorName };
  await insertAlertHistory(
    tx,
    scope,
    alerts.map(({ id }) => ({ alertId: id, ...who, ...done })),
  );
}

export function auditOf({ audit, scope }: CompanyContext, { id, rule }: LockedAlert) {
  return {
    ...audit,
    companyId: scope.companyId,
    action: "alert.change",
    outcome: "success" as const,
    targetType: "alert",
    targetId: id,
    targetName: inEnglish(ruleTitle(rule)),
  };
}
