import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { updateRun, type RunRow, type ScheduleRow } from "@/db/queries/schedules/schedules";
import { readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { storedLocale } from "@/lib/domain/locales";
import { writeReportMail } from "@/lib/domain/mail/report-mail";
import type { RunRecipient } from "@/lib/domain/reports/schedule-run";
import { scheduleWords } from "@/lib/domain/reports/schedule-words";
import { wordText } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import { metrics } from "@/lib/metrics";
import { readerOf } from "@/lib/texts";
import { operatorActor } from "../audit/actor";
import { sendMail } from "../mail/send-mail";
import { unsubscribeHeaders, unsubscribeUrls } from "../mail/unsubscribe-links";
import { readAuthority } from "./authority";
import { isPaused, loadRun, rulesOf, type LoadedRun } from "./load-run";
import { scheduleAudit } from "./locked-schedule";
import type { MadeReport } from "./make-report";
import { judgeRecipients } from "./recipients";
import { scheduleOf } from "./schedule-of";

export interface MailedReport {
  recipients: RunRecipient[];
  /** Why the rest was not sent. */
  end?: "gone" | "paused";
  lost?: string;
}

/**
 * One mail to each who waits for it. What came of one is written before the next is sent, and each is sent only if what
 * decided on it when the report was made still holds: mails may take minutes.
 */
export async function mailReport(
  scope: CompanyWriteScope,
  { run, schedule, company }: LoadedRun,
  prepared: RunRecipient[],
  { heading, content, attachments, bytes, fileName }: MadeReport,
  signal: AbortSignal,
): Promise<MailedReport> {
  let recipients = prepared;
  const reader = readerOf(storedLocale(company.language), schedule.dueZone);
  const when = `${wordText(scheduleWords(scheduleOf(schedule)), reader)} (${schedule.dueZone})`;
  for (let place = 0; place < recipients.length; place += 1) {
    if (recipients[place]!.state !== "waiting") continue;
    const now = await readWithin(scope, (tx) => loadRun(tx, scope, run.id));
    if (!now) return { recipients, end: "gone" };
    if (isPaused(now)) return { recipients, end: "paused" };
    const authority = await readAuthority(scope, now.schedule);
    if ("lost" in authority) return { recipients, lost: authority.lost };
    recipients = await judgeRecipients(now.schedule, recipients, rulesOf(now));
    const one = recipients[place]!;
    if (one.state !== "waiting") continue;
    const { address, userId, messageId } = one;
    // Both may have got another name since the report was loaded.
    const { viewName: view, ownerName: owner } = now.schedule;
    const told = { view, company: company.name, heading, content, owner, when };
    const { companyId, id: scheduleId } = schedule;
    const urls = unsubscribeUrls({ kind: "report", companyId, scheduleId, userId, address });
    const written = writeReportMail({ ...told, address, unsubscribeUrl: urls?.page ?? null }, reader);
    const headers = unsubscribeHeaders(urls, `report-${scheduleId}.company-${companyId}`);
    const mail = { ...written, to: address, messageId, attachments, headers };
    const { result, note } = await sendMail(mail, signal);
    metrics()?.deliveryAttempts.inc({ type: "scheduled-report", result });
    one.note = note && inEnglish(note);
    if (result === "success") one.state = "sent";
    if (result === "rejected") one.state = "failed";
    await writeWithin(scope, async (tx) => {
      await updateRun(tx, scope, run.id, { recipients, bytes, fileName });
      if (one.state === "sent") await auditSent(tx, scope, now.schedule, run, address);
    });
  }
  return { recipients };
}

/** Reports name people, so the trail tells who received one. */
async function auditSent(
  tx: Transaction,
  scope: CompanyWriteScope,
  schedule: ScheduleRow,
  run: RunRow,
  to: string,
): Promise<void> {
  const { format, range, ownerName } = schedule;
  await insertAuditRow(tx, {
    ...scheduleAudit({ audit: operatorActor("scheduled job"), scope }, "schedule.send", schedule),
    after: { to, format, range, dueAt: run.dueAt.toISOString(), owner: ownerName },
  });
}
