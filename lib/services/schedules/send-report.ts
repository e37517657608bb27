import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany, type CompanyRow } from "@/db/queries/companies/company";
import { finishEntry, putOffEntry, type TakenEntry } from "@/db/queries/global/queue";
import {
  findRun,
  findSchedule,
  updateRun,
  updateSchedule,
  type RunRow,
  type ScheduleRow,
} from "@/db/queries/schedules/schedules";
import { operatorScope, readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { writeReportMail } from "@/lib/domain/mail/report-mail";
import type { ScheduleRange } from "@/lib/domain/reports/schedule-range";
import { nextReportAttempt, type RunRecipient } from "@/lib/domain/reports/schedule-run";
import { scheduleWords, type ScheduleFormat } from "@/lib/domain/reports/schedule-words";
import { inEnglish } from "@/lib/english";
import { isAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { metrics } from "@/lib/metrics";
import { readerOf } from "@/lib/texts";
import { deniedAttemptOf } from "../access/denied";
import { operatorActor } from "../audit/actor";
import { sendMail } from "../mail/send-mail";
import { unsubscribeHeaders, unsubscribeUrls } from "../mail/unsubscribe-links";
import { notify } from "../notifications/notify";
import type { QueueHandler } from "../queue/queue-handler";
import { storedLocale } from "@/lib/domain/locales";
import { wordText } from "@/lib/domain/text";
import { readSettings } from "../settings/read-settings";
import { readAuthority, type ScheduleAuthority } from "./authority";
import { scheduleAudit, zoneIn } from "./locked-schedule";
import { makeReport, type MadeReport } from "./make-report";
import { judgeRecipients, type RecipientRules } from "./recipients";
import { scheduleOf } from "./schedule-of";
import { stopSchedule } from "./stop-schedule";

/** More becomes a link: base64 makes a third more of it, and many mail servers take 20 MB. */
const MOST_BYTES = 10_000_000;
const BUSY_MILLISECONDS = 30_000;

/** Makes reports that are due and sends them, each run by one server at a time. */
export function reportSender({ mostBytes = MOST_BYTES } = {}): QueueHandler {
  return {
    queue: "schedules",
    concurrency: 3,
    mostPerCompany: 2,
    leaseSeconds: 90,
    run: (entry, signal) => attempt(entry, signal, mostBytes),
  };
}

interface Loaded {
  run: RunRow;
  schedule: ScheduleRow;
  company: CompanyRow;
}

async function attempt(entry: TakenEntry, signal: AbortSignal, mostBytes: number): Promise<void> {
  const scope = operatorScope(entry.companyId);
  const loaded = await readWithin(scope, (tx) => load(tx, scope, Number(entry.key)));
  if (loaded?.run.state !== "waiting") return writeWithin(scope, (tx) => finishEntry(tx, entry));
  if (isPaused(loaded)) return writeWithin(scope, (tx) => leaveOut(tx, entry, scope, loaded.run));
  const authority = await readAuthority(scope, loaded.schedule);
  if ("lost" in authority) return stopSchedule(entry, scope, loaded, authority.lost);
  const startedAt = Date.now();
  const recipients = await prepare(scope, loaded, authority, startedAt);
  const made = (await isForNobody(loaded, recipients))
    ? { lost: "nobody is left who may get it" }
    : await tryToMake(loaded, recipients, authority, mostBytes, signal);
  if (made && "lost" in made) return stopSchedule(entry, scope, loaded, made.lost);
  if (made && "busy" in made) {
    const later = new Date(Date.now() + BUSY_MILLISECONDS);
    return writeWithin(scope, (tx) => putOffEntry(tx, entry, later));
  }
  const problem = made && "problem" in made ? made : null;
  if (made && "content" in made) await sendAll(scope, loaded, recipients, made, signal);
  await writeWithin(scope, (tx) => settle(tx, entry, scope, loaded, { recipients, startedAt, problem }));
}

async function load(tx: Transaction, scope: CompanyWriteScope, runId: number): Promise<Loaded | null> {
  const run = await findRun(tx, scope, runId);
  const schedule = run && (await findSchedule(tx, scope, run.scheduleId));
  const company = await findCompany(tx, scope);
  return run && schedule && company && { run, schedule, company };
}

/** Runs that a user requests are sent even so. */
function isPaused({ run, schedule }: Loaded): boolean {
  return schedule.pausedAt !== null && run.reason === "due";
}

/** Whether the schedule would fail each time from now on. A run keeps its recipients; its schedule may have others by now. */
async function isForNobody(loaded: Loaded, recipients: readonly RunRecipient[]): Promise<boolean> {
  const { run, schedule } = loaded;
  if (run.reason !== "due" || schedule.stoppedAt !== null) return false;
  if (recipients.some(({ state }) => state !== "refused")) return false;
  const next = await judgeRecipients(schedule, null, rulesOf(loaded));
  return next.every(({ state }) => state === "refused");
}

function rulesOf({ company }: Loaded): RecipientRules {
  return { companyId: company.id, domains: company.reportDomains };
}

/** Ends a run of a schedule that was paused meanwhile: recipients still waiting get nothing. */
async function leaveOut(
  tx: Transaction,
  entry: TakenEntry,
  scope: CompanyWriteScope,
  { id, recipients: found }: RunRow,
): Promise<void> {
  await finishEntry(tx, entry);
  const recipients = found?.map((one) =>
    one.state === "waiting" ? { ...one, state: "refused" as const } : one,
  );
  const state = recipients?.some((one) => one.state === "sent") ? "sent" : "missed";
  const note = inEnglish({ key: "scheduleErrors.paused" });
  await updateRun(tx, scope, id, { state, recipients, note, finishedAt: new Date() });
}

/** Written before anything is sent, so that a repeat by another server comes under the same message ids. */
async function prepare(
  scope: CompanyWriteScope,
  loaded: Loaded,
  { view }: ScheduleAuthority,
  startedAt: number,
): Promise<RunRecipient[]> {
  const { run, schedule } = loaded;
  const recipients = await judgeRecipients(schedule, run.recipients, rulesOf(loaded));
  await writeWithin(scope, async (tx) => {
    const begun = { recipients, startedAt: run.startedAt ?? new Date(startedAt) };
    await updateRun(tx, scope, run.id, begun);
    if (view.name !== schedule.viewName) {
      await updateSchedule(tx, scope, schedule.id, { viewName: view.name });
    }
  });
  return recipients;
}

type Problem = { problem: string; isFinal: boolean };

/** The report, or why there is none: `lost` stops the schedule, `busy` waits for its turn; null if no one waits. */
async function tryToMake(
  { run, schedule, company }: Loaded,
  recipients: readonly RunRecipient[],
  authority: ScheduleAuthority,
  mostBytes: number,
  signal: AbortSignal,
): Promise<MadeReport | Problem | { lost: string } | { busy: true } | null> {
  if (recipients.every(({ state }) => state !== "waiting")) return null;
  const { timeZone } = await readSettings();
  try {
    return await makeReport({
      authority,
      company,
      words: readerOf(storedLocale(company.language), schedule.dueZone),
      zone: zoneIn(company, timeZone),
      range: schedule.range as ScheduleRange,
      format: schedule.format as ScheduleFormat,
      dueAt: run.dueAt.getTime(),
      mostBytes,
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (deniedAttemptOf(error)) {
      return { lost: `${schedule.ownerName} may no longer read this table` };
    }
    if (!isAppError(error)) {
      logger.error({ err: error, companyId: company.id, runId: run.id }, "Can't create a scheduled report");
      return { problem: inEnglish({ key: "scheduleErrors.internal" }), isFinal: false };
    }
    if (error.code === "limited") return { busy: true };
    return { problem: error.message, isFinal: error.code !== "unavailable" };
  }
}

/** One mail to each who waits for it. What came of one is written before the next is sent. */
async function sendAll(
  scope: CompanyWriteScope,
  { run, schedule, company }: Loaded,
  recipients: RunRecipient[],
  { heading, content, attachments, bytes, fileName }: MadeReport,
  signal: AbortSignal,
): Promise<void> {
  const reader = readerOf(storedLocale(company.language), schedule.dueZone);
  const when = `${wordText(scheduleWords(scheduleOf(schedule)), reader)} (${schedule.dueZone})`;
  const told = {
    view: schedule.viewName,
    company: company.name,
    heading,
    content,
    owner: schedule.ownerName,
    when,
  };
  for (const one of recipients.filter(({ state }) => state === "waiting")) {
    const { address, userId, messageId } = one;
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
      if (one.state === "sent") await auditSent(tx, scope, schedule, run, address);
    });
  }
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

interface Attempted {
  recipients: RunRecipient[];
  startedAt: number;
  problem: Problem | null;
}

async function settle(
  tx: Transaction,
  entry: TakenEntry,
  scope: CompanyWriteScope,
  { run, schedule }: Loaded,
  { recipients, startedAt, problem }: Attempted,
): Promise<void> {
  const now = Date.now();
  const attemptCount = run.attemptCount + 1;
  const isOpen = recipients.some(({ state }) => state === "waiting");
  const retryAt = isOpen && !problem?.isFinal ? nextReportAttempt(attemptCount, now) : null;
  const settled = retryAt === null ? recipients.map(giveUp) : recipients;
  const note = problem?.problem ?? noteOf(settled);
  const change = { attemptCount, durationMs: now - startedAt, recipients: settled, note };
  if (retryAt !== null) {
    await putOffEntry(tx, entry, new Date(retryAt));
    return updateRun(tx, scope, run.id, change);
  }
  await finishEntry(tx, entry);
  const isSent = settled.some((one) => one.state === "sent");
  const state = isSent ? "sent" : "failed";
  await updateRun(tx, scope, run.id, { ...change, state, finishedAt: new Date(now) });
  if (isSent) return;
  await notify(tx, scope, "report.failed", {
    scheduleId: schedule.id,
    view: schedule.viewName,
    dueAt: run.dueAt.toISOString(),
    reason: note ?? "nobody is left who may get it.",
  });
}

function giveUp(one: RunRecipient): RunRecipient {
  return one.state === "waiting" ? { ...one, state: "failed" } : one;
}

/** The first reason why a recipient didn't get it. */
function noteOf(recipients: readonly RunRecipient[]): string | null {
  const missed = recipients.filter(({ state }) => state !== "sent");
  return missed.find(({ note }) => note !== null)?.note ?? null;
}
