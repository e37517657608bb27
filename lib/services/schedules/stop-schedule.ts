import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { finishEntry, type TakenEntry } from "@/db/queries/global/queue";
import { findMailUser } from "@/db/queries/mail/messages";
import { updateRun, updateSchedule, type RunRow, type ScheduleRow } from "@/db/queries/schedules/schedules";
import type { CompanyWriteScope } from "@/db/scope";
import { operatorActor } from "../audit/actor";
import { canMailPersons } from "../mail/mail-pool";
import { queueMail } from "../mail/queue-mail";
import { notify } from "../notifications/notify";
import { scheduleAudit } from "./locked-schedule";

/**
 * Stops the schedule of a run that lost its rights, and tells the company's administrators and its owner in the same
 * transaction. `reason` is the rest of a sentence.
 */
export async function stopSchedule(
  entry: TakenEntry,
  scope: CompanyWriteScope,
  { run, schedule, company }: { run: RunRow; schedule: ScheduleRow; company: { name: string } },
  reason: string,
): Promise<void> {
  const { id: scheduleId, viewName, ownerUserId } = schedule;
  const now = new Date();
  // Mails to persons are the portal's, which a company's own transaction cannot reach.
  await database().transaction(async (tx) => {
    await finishEntry(tx, entry);
    await updateRun(tx, scope, run.id, { state: "stopped", finishedAt: now, note: `Stopped: ${reason}.` });
    const change = { stoppedAt: now, stoppedReason: reason, nextDueAt: null };
    await updateSchedule(tx, scope, scheduleId, change);
    await insertAuditRow(tx, {
      ...scheduleAudit({ audit: operatorActor("scheduled job"), scope }, "schedule.stop", schedule),
      after: { reason },
    });
    await notify(tx, scope, "report.stopped", { scheduleId, view: viewName, reason });
    const owner = ownerUserId === null ? null : await findMailUser(tx, ownerUserId);
    if (!owner || !canMailPersons()) return;
    const params = { view: viewName, company: company.name, reason };
    await queueMail(tx, { kind: "report-stopped", params, userId: owner.id, address: owner.email });
  });
}
