import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany } from "@/db/queries/companies/company";
import {
  findSchedule,
  lockSchedule,
  updateSchedule,
  type ScheduleRow,
} from "@/db/queries/schedules/schedules";
import { operatorScope, readWithin } from "@/db/scope";
import type { AuditActor } from "../audit/actor";
import type { MailSubscription, ReportSubscriber } from "../mail/unsubscribe-links";
import { scheduleAudit } from "./locked-schedule";
import { stopWithin } from "./stop-schedule";

/** null when the schedule is gone. */
export function readReportSubscription(subscriber: ReportSubscriber): Promise<MailSubscription | null> {
  const scope = operatorScope(subscriber.companyId);
  return readWithin(scope, async (tx) => {
    const schedule = await findSchedule(tx, scope, subscriber.scheduleId);
    const company = schedule && (await findCompany(tx, scope));
    if (!schedule || !company) return null;
    const { address } = subscriber;
    const isSubscribed = isRecipient(schedule, subscriber);
    return { address, name: schedule.viewName, company: company.name, isSubscribed };
  });
}

/** Takes the recipient out of its schedule; one that loses its last is stopped, and others are told. */
export async function leaveReport(subscriber: ReportSubscriber, audit: AuditActor): Promise<void> {
  const { scheduleId, userId, address } = subscriber;
  const scope = operatorScope(subscriber.companyId);
  await database().transaction(async (tx) => {
    const company = await findCompany(tx, scope);
    const schedule = company && (await lockSchedule(tx, scope, scheduleId));
    if (!schedule || !isRecipient(schedule, subscriber)) return;
    const before = { memberIds: schedule.memberIds, addresses: schedule.addresses };
    const after =
      userId === null
        ? { ...before, addresses: before.addresses.filter((one) => one !== address) }
        : { ...before, memberIds: before.memberIds.filter((id) => id !== userId) };
    await updateSchedule(tx, scope, scheduleId, after);
    await insertAuditRow(tx, {
      ...scheduleAudit({ audit, scope }, "schedule.unsubscribe", schedule),
      before: { members: before.memberIds, addresses: before.addresses },
      after: { members: after.memberIds, addresses: after.addresses },
    });
    if (after.memberIds.length + after.addresses.length > 0 || schedule.stoppedAt) return;
    await stopWithin(tx, { scope, audit }, { schedule, company }, "its last recipient has unsubscribed");
  });
}

function isRecipient(
  { memberIds, addresses }: Pick<ScheduleRow, "memberIds" | "addresses">,
  { userId, address }: ReportSubscriber,
): boolean {
  return userId === null ? addresses.includes(address) : memberIds.includes(userId);
}
