import { database, type Transaction } from "@/db/client";
import { findJobRow, noteJob, type JobRow } from "@/db/queries/global/jobs";
import { portalScope } from "@/db/scope";
import { tryJobLock } from "@/db/job-lock";
import { jobDueAt } from "@/lib/domain/operations/job-schedule";
import type { Text } from "@/lib/domain/text";
import { ianaZone } from "@/lib/domain/zones";
import { inEnglish } from "@/lib/english";
import { messageOf } from "@/lib/error-text";
import { logger } from "@/lib/logger";
import { metrics } from "@/lib/metrics";
import { storeError } from "../errors/store-error";
import { endState, notify } from "../notifications/notify";
import { readSettings } from "../settings/read-settings";
import { PartlyFailed, type Job } from "./job";

export type JobOutcome = "done" | "failed" | "stopped" | "not due" | "elsewhere";

/** Stored in English as the error of a run that did not finish. */
export const STOPPED: Text = { key: "jobs.stopped" };

/** When a job with this row is due next, epoch milliseconds; null while it is switched off. */
export async function dueAtOf(job: Job, row: JobRow | null, now: number): Promise<number | null> {
  const settings = await readSettings();
  const at = (date: Date | null | undefined) => date?.getTime() ?? null;
  const history = {
    lastStartedAt: at(row?.lastStartedAt),
    lastFinishedAt: at(row?.lastFinishedAt),
    lastSucceededAt: at(row?.lastSucceededAt),
    requestedAt: at(row?.requestedAt),
  };
  return jobDueAt(history, job.schedule(settings), ianaZone(settings.timeZone), now);
}

/**
 * Runs the job if it is due and no server of this database is at it (or at another of its lane).
 *
 * Whether it is due is asked again under the lock, so of several servers that find it due one runs it.
 */
export async function runJobIfDue(job: Job, stop: AbortSignal): Promise<JobOutcome> {
  const isDue = async () => {
    const at = await dueAtOf(job, await findJobRow(job.name), Date.now());
    return at !== null && at <= Date.now();
  };
  if (!(await isDue())) return "not due";
  const lock = await tryJobLock(job.lane);
  if (!lock) return "elsewhere";
  try {
    if (!(await isDue())) return "not due";
    return await runLocked(job, AbortSignal.any([stop, lock.lost]));
  } finally {
    await lock.release();
  }
}

async function runLocked(job: Job, signal: AbortSignal): Promise<JobOutcome> {
  const startedAt = new Date();
  await noteStart(job, startedAt);
  const level = job.isFrequent ? "debug" : "info";
  logger[level]({ job: job.name }, "Job started");
  try {
    const lastResult = await job.run(signal);
    if (signal.aborted) return await noteStopped(job);
    const finishedAt = new Date();
    const done = { lastFinishedAt: finishedAt, lastSucceededAt: finishedAt, lastError: null, lastResult };
    await noteNext(job, done, startedAt, endFailure);
    logger[level](
      { job: job.name, seconds: secondsBetween(startedAt, finishedAt), result: lastResult },
      "Job finished",
    );
    metrics()?.jobRuns.inc({ job: job.name, outcome: "done" });
    return "done";
  } catch (error) {
    if (signal.aborted) return noteStopped(job);
    logger.error({ err: error, job: job.name }, "Job failed");
    storeError({ level: "ERROR", source: `job ${job.name}`, error });
    metrics()?.jobRuns.inc({ job: job.name, outcome: "failed" });
    const lastError = messageOf(error).slice(0, 1000);
    const kept = error instanceof PartlyFailed ? { lastResult: error.result } : {};
    await noteNext(job, { lastFinishedAt: new Date(), lastError, ...kept }, startedAt, (tx) =>
      // A job that runs every few minutes is only reported if it keeps failing, as late.
      job.isFrequent ? Promise.resolve() : tellFailure(tx, job, lastError),
    );
    return "failed";
  }
}

/** What a clock that was ahead has noted of earlier runs would make this one look finished; a request is met by it. */
async function noteStart(job: Job, startedAt: Date): Promise<void> {
  const row = await findJobRow(job.name);
  const known = (at: Date | null | undefined) => (at && at <= startedAt ? at : null);
  await noteJob(job.name, {
    lastStartedAt: startedAt,
    lastFinishedAt: known(row?.lastFinishedAt),
    lastSucceededAt: known(row?.lastSucceededAt),
    requestedAt: null,
  });
}

/** It did not finish, so it is due again soon after the next start. */
async function noteStopped(job: Job): Promise<JobOutcome> {
  logger.info({ job: job.name }, "Job stopped; it continues later");
  await noteJob(job.name, { lastError: inEnglish(STOPPED) });
  return "stopped";
}

/** The notification of an outcome is committed with it. */
async function noteNext(
  job: Job,
  outcome: Partial<JobRow>,
  lastStartedAt: Date,
  tell: (tx: Transaction, job: Job) => Promise<unknown>,
): Promise<void> {
  const row = { ...(await findJobRow(job.name))!, ...outcome, lastStartedAt };
  const dueAt = await dueAtOf(job, row, Date.now());
  const nextRunAt = dueAt === null ? null : new Date(dueAt);
  await database().transaction(async (tx) => {
    await noteJob(job.name, { ...outcome, nextRunAt }, tx);
    await tell(tx, job);
  });
}

async function tellFailure(tx: Transaction, { name, title }: Job, error: string): Promise<void> {
  await notify(tx, portalScope(), "job.failed", {
    job: name,
    title: inEnglish(title),
    error: error.slice(0, 300),
  });
}

async function endFailure(tx: Transaction, { name }: Job): Promise<void> {
  for (const kind of ["job.failed", "job.late"]) {
    await endState(tx, portalScope(), kind, [`job:${name}`]);
  }
}

function secondsBetween(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 100) / 10;
}
