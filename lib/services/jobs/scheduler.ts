import { listJobRows, noteJob } from "@/db/queries/global/jobs";
import { logger } from "@/lib/logger";
import type { Job } from "./job";
import { JOBS } from "./registry";
import { dueAtOf, runJobIfDue } from "./run-job";

const FIRST_LOOK_MILLISECONDS = 10_000;
const LOOK_MILLISECONDS = 20_000;
/** How long a stopping server waits for its jobs to come to a point they can go on from. */
const STOP_MILLISECONDS = 5_000;

interface Scheduler {
  stop: AbortController;
  timer: NodeJS.Timeout | undefined;
  running: Map<string, Promise<unknown>>;
}

// server.ts and Next are bundled apart; "run now" comes in through Next.
const shared = globalThis as { winauthmonScheduler?: Scheduler };

/** Looks for due jobs every twenty seconds until {@link stopJobs}. Every server does; the database decides who runs one. */
export function startJobs(jobs: readonly Job[] = JOBS, firstLook = FIRST_LOOK_MILLISECONDS): void {
  if (shared.winauthmonScheduler) return;
  const scheduler: Scheduler = { stop: new AbortController(), timer: undefined, running: new Map() };
  shared.winauthmonScheduler = scheduler;
  const look = async () => {
    await lookForDueJobs(scheduler, jobs).catch((error: unknown) =>
      logger.warn({ err: error }, "could not look for due jobs; trying again soon"),
    );
    if (!scheduler.stop.signal.aborted) scheduler.timer = setTimeout(look, LOOK_MILLISECONDS).unref();
  };
  scheduler.timer = setTimeout(look, firstLook).unref();
}

/** Starts what is due without waiting for it; notes when the others are. */
async function lookForDueJobs(scheduler: Scheduler, jobs: readonly Job[]): Promise<void> {
  const rows = new Map((await listJobRows()).map((row) => [row.name, row]));
  for (const job of jobs) {
    const row = rows.get(job.name) ?? null;
    const dueAt = await dueAtOf(job, row, Date.now());
    if (dueAt !== (row?.nextRunAt?.getTime() ?? null) && (row?.lastStartedAt || dueAt === null)) {
      await noteJob(job.name, { nextRunAt: dueAt === null ? null : new Date(dueAt) });
    }
    if (dueAt !== null && dueAt <= Date.now()) launch(scheduler, job);
  }
}

function launch(scheduler: Scheduler, job: Job): void {
  if (scheduler.running.has(job.name) || scheduler.stop.signal.aborted) return;
  const run = runJobIfDue(job, scheduler.stop.signal)
    .catch((error: unknown) => logger.warn({ err: error, job: job.name }, "a job could not be run"))
    .finally(() => scheduler.running.delete(job.name));
  scheduler.running.set(job.name, run);
}

/** Asks running jobs to stop and waits up to five seconds for them; what is left is taken up after the next start. */
export async function stopJobs(): Promise<void> {
  const scheduler = shared.winauthmonScheduler;
  if (!scheduler) return;
  shared.winauthmonScheduler = undefined;
  clearTimeout(scheduler.timer);
  scheduler.stop.abort(new Error("The server stops."));
  const patience = new Promise((resolve) => setTimeout(resolve, STOP_MILLISECONDS).unref());
  await Promise.race([Promise.all(scheduler.running.values()), patience]);
}

/** Has a job that was asked for begin at once, when this process runs jobs at all. */
export function nudgeJob(name: string): void {
  const job = JOBS.find((candidate) => candidate.name === name);
  if (shared.winauthmonScheduler && job) launch(shared.winauthmonScheduler, job);
}
