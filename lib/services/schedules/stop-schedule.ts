import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { finishEntry, type TakenEntry } from "@/db/queries/global/queue";
import { findMailUser } from "@/db/queries/mail/messages";
import { updateRun, updateSchedule, type RunRow, type ScheduleRow } from "@/db/queries/schedules/schedules";
import type { CompanyWriteScope } from "@/db/scope";
import { inEnglish } from "@/lib/english";
import { operatorActor } from "../audit/actor";
import type { CompanyContext } from "../context";
import { canMailPersons } from "../mail/mail-pool";
import { queueMail } from "../mail/queue-mail";
import { notify } from "../notifications/notify";
import { scheduleAudit } from "./locked-schedule";
import { leftOut } from "./recipients";

interface Stopped {
  schedule: ScheduleRow;
  company: { name: string };
}

/** Stops the schedule of a run that lost its rights. `reason` is the rest of a sentence. */
export async function stopSchedule(
  entry: TakenEntry,
  scope: CompanyWriteScope,
  { run, ...stopped }: Stopped & { run: RunRow },
  reason: string,
): Promise<void> {
  const note = inEnglish({ key: "schedules.stoppedBecause", values: { reason } });
  const end = { state: "stopped", recipients: leftOut(run.recipients), finishedAt: new Date(), note };
  await database().transaction(async (tx) => {
    await finishEntry(tx, entry);
    await updateRun(tx, scope, run.id, end);
    await stopWithin(tx, { scope, audit: operatorActor("scheduled job") }, stopped, reason);
  });
}

/**
 * Stops a schedule, and tells the company's administrators and its owner. The transaction is the portal's: mails to
 * persons are, which a company's own cannot reach.
 */
export async function stopWithin(
  tx: Transaction,
  context: Pick<CompanyContext, "audit" | "scope">,
  { schedule, company }: Stopped,
  reason: string,
): Promise<void> {
  const { id: scheduleId, viewName, ownerUserId } = schedule;
  const { scope } = context;
  const change = { stoppedAt: new Date(), stoppedReason: reason, nextDueAt: null };
  await updateSchedule(tx, scope, scheduleId, change);
  await insertAuditRow(tx, { ...scheduleAudit(context, "schedule.stop", schedule), after: { reason } });
  await notify(tx, scope, "report.stopped", { scheduleId, view: viewName, reason });
  const owner = ownerUserId === null ? null : await findMailUser(tx, ownerUserId);
  if (!owner || !canMailPersons()) return;
  const params = { view: viewName, company: company.name, reason };
  await queueMail(tx, { kind: "report-stopped", params, userId: owner.id, address: owner.email });
}
