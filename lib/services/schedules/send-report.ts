import type { Transaction } from "@/db/client";
import { finishEntry, putOffEntry, type TakenEntry } from "@/db/queries/global/queue";
import { updateRun, updateSchedule, type RunRow } from "@/db/queries/schedules/schedules";
import { operatorScope, readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import type { ScheduleRange } from "@/lib/domain/reports/schedule-range";
import { nextReportAttempt, type RunRecipient } from "@/lib/domain/reports/schedule-run";
import { type ScheduleFormat } from "@/lib/domain/reports/schedule-words";
import { inEnglish } from "@/lib/english";
import { isAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { readerOf } from "@/lib/texts";
import { deniedAttemptOf } from "../access/denied";
import { notify } from "../notifications/notify";
import type { QueueHandler } from "../queue/queue-handler";
import { storedLocale } from "@/lib/domain/locales";
import { readSettings } from "../settings/read-settings";
import { isPaused, loadRun, rulesOf, type LoadedRun } from "./load-run";
import { mailReport, type MailedReport } from "./mail-report";
import { readAuthority, type ScheduleAuthority } from "./authority";
import { zoneIn } from "./locked-schedule";
import { makeReport, type MadeReport } from "./make-report";
import { judgeRecipients, leftOut } from "./recipients";
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

async function attempt(entry: TakenEntry, signal: AbortSignal, mostBytes: number): Promise<void> {
  const scope = operatorScope(entry.companyId);
  const loaded = await readWithin(scope, (tx) => loadRun(tx, scope, Number(entry.key)));
  if (loaded?.run.state !== "waiting") return writeWithin(scope, (tx) => finishEntry(tx, entry));
  if (isPaused(loaded)) return writeWithin(scope, (tx) => leaveOut(tx, entry, scope, loaded.run));
  const authority = await readAuthority(scope, loaded.schedule);
  if ("lost" in authority) return stopSchedule(entry, scope, loaded, authority.lost);
  const startedAt = Date.now();
  const recipients = await prepare(scope, loaded, authority, startedAt);
  const made = await tryToMake(loaded, recipients, authority, mostBytes, signal);
  if (made && "lost" in made) return stopSchedule(entry, scope, loaded, made.lost);
  if (made && "busy" in made) {
    const later = new Date(Date.now() + BUSY_MILLISECONDS);
    return writeWithin(scope, (tx) => putOffEntry(tx, entry, later));
  }
  const problem = made && "problem" in made ? made : null;
  const sent = made && "content" in made ? await mailReport(scope, loaded, recipients, made, signal) : null;
  await finish(entry, scope, loaded, sent ?? { recipients }, { startedAt, problem });
}

async function finish(
  entry: TakenEntry,
  scope: CompanyWriteScope,
  loaded: LoadedRun,
  { recipients, end, lost }: MailedReport,
  attempted: { startedAt: number; problem: Problem | null },
): Promise<void> {
  const run = { ...loaded.run, recipients };
  if (lost !== undefined) return stopSchedule(entry, scope, { ...loaded, run }, lost);
  await writeWithin(scope, async (tx) => {
    if (end === "gone") return finishEntry(tx, entry);
    if (end === "paused") return leaveOut(tx, entry, scope, run);
    await settle(tx, entry, scope, loaded, { recipients, ...attempted });
  });
}

/** Whether the schedule would fail each time from now on. A run keeps its recipients; its schedule may have others by now. */
async function isForNobody(loaded: LoadedRun, recipients: readonly RunRecipient[]): Promise<boolean> {
  const { run, schedule } = loaded;
  if (run.reason !== "due" || schedule.stoppedAt !== null) return false;
  if (recipients.some(({ state }) => state !== "refused")) return false;
  const next = await judgeRecipients(schedule, null, rulesOf(loaded));
  return next.every(({ state }) => state === "refused");
}

/** Ends a run of a schedule that was paused meanwhile. */
async function leaveOut(
  tx: Transaction,
  entry: TakenEntry,
  scope: CompanyWriteScope,
  { id, recipients: found }: RunRow,
): Promise<void> {
  await finishEntry(tx, entry);
  const recipients = leftOut(found);
  const state = recipients?.some((one) => one.state === "sent") ? "sent" : "missed";
  const note = inEnglish({ key: "scheduleErrors.paused" });
  await updateRun(tx, scope, id, { state, recipients, note, finishedAt: new Date() });
}

/** Written before anything is sent, so that a repeat by another server comes under the same message ids. */
async function prepare(
  scope: CompanyWriteScope,
  loaded: LoadedRun,
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
  { run, schedule, company }: LoadedRun,
  recipients: readonly RunRecipient[],
  authority: ScheduleAuthority,
  mostBytes: number,
  signal: AbortSignal,
): Promise<MadeReport | Problem | { lost: string } | { busy: true } | null> {
  if (await isForNobody({ run, schedule, company }, recipients))
    return { lost: "nobody is left who may get it" };
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

interface Attempted {
  recipients: RunRecipient[];
  startedAt: number;
  problem: Problem | null;
}

async function settle(
  tx: Transaction,
  entry: TakenEntry,
  scope: CompanyWriteScope,
  { run, schedule }: LoadedRun,
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
