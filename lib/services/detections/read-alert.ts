import {
  findAlert,
  listAlertComputers,
  listAlertHistory,
  type HistoryRow,
} from "@/db/queries/detections/read-alerts";
import { listEventsById } from "@/db/queries/events/read-event";
import { readWithin } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import { can } from "@/lib/domain/permissions";
import type { AlertListRow } from "@/lib/domain/reports/alerts";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { listAssignees } from "./assign-alerts";

export interface AlertScreen {
  alert: AlertListRow;
  /** The events that prove it, by time; those that were deleted meanwhile are missing. */
  events: EventRow[];
  /** Those that still exist, by name. */
  computers: { id: number; name: string }[];
  history: HistoryRow[];
  mayManage: boolean;
  /** Usernames of those it can be assigned to; none for who may not deal with it. */
  assignees: string[];
  /** The username of the one who looks; null for the operator. */
  me: string | null;
}

/** One alert with its evidence and what people did with it. @throws AccessDenied; AppError `not_found`. */
export async function readAlert(context: CompanyContext, alertId: number): Promise<AlertScreen> {
  const { actor, audit, scope } = context;
  assertCan(actor, "alerts:read", scope);
  return readWithin(scope, async (tx) => {
    const alert = await findAlert(tx, scope, alertId);
    if (!alert) throw new AppError("not_found", { key: "alertErrors.alertMissing" });
    const events = await listEventsById(tx, scope, alert.eventIds);
    const computers = await listAlertComputers(tx, scope, alertId);
    const history = await listAlertHistory(tx, scope, alertId);
    const mayManage = can(actor, "alerts:manage", scope);
    const assignees = mayManage ? (await listAssignees(tx, context)).map(({ username }) => username) : [];
    return { alert, events, computers, history, mayManage, assignees, me: audit.actorName };
  });
}
