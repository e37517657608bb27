import { database } from "@/db/client";
import { findJobRow, listJobRows } from "@/db/queries/global/jobs";
import { finishEntry, listEntries, putEntry, putOffEntry } from "@/db/queries/global/queue";
import type { QueueFeeder, QueueHandler } from "../queue/queue-handler";
import type { Job } from "./job";
import { dueAtOf, runJobIfDue } from "./run-job";

const LOOK_MILLISECONDS = 20_000;
/** When a job of the same lane runs elsewhere. */
const WAIT_FOR_LANE_MILLISECONDS = 20_000;
/** Keeps long jobs from crowding out one another's connections. */
const CONCURRENCY = 3;
const LEASE_SECONDS = 60;
/** Servers whose clocks differ by less do not move an entry to and fro. */
const SAME_MILLISECONDS = 30_000;

export const jobKey = (name: string) => ({ companyId: 0, queue: "jobs" as const, key: name });

/**
 * Jobs as entries of the queue: the feeder keeps their times, beginning so many milliseconds from now, and the handler
 * runs those that are due.
 */
export function jobQueue(
  jobs: readonly Job[],
  firstLookMilliseconds = 0,
): { handler: QueueHandler; feeder: QueueFeeder } {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  return {
    feeder: {
      everyMilliseconds: LOOK_MILLISECONDS,
      firstAfterMilliseconds: firstLookMilliseconds,
      feed: async () => {
        await keepTimes(jobs);
        return false;
      },
    },
    handler: {
      queue: "jobs",
      concurrency: CONCURRENCY,
      mostPerCompany: null,
      leaseSeconds: LEASE_SECONDS,
      run: async (entry, signal) => {
        const job = byName.get(entry.key);
        // A job of another version's, or one that is gone.
        if (!job) return finishEntry(database(), entry);
        const outcome = await runJobIfDue(job, signal);
        const dueAt = await dueAtOf(job, await findJobRow(job.name), Date.now());
        if (dueAt === null) return finishEntry(database(), entry);
        const at = outcome === "elsewhere" ? Date.now() + WAIT_FOR_LANE_MILLISECONDS : dueAt;
        await putOffEntry(database(), entry, new Date(at));
      },
    },
  };
}

/** Settings, the clock and people's requests move a job's time; the queue follows within twenty seconds. */
async function keepTimes(jobs: readonly Job[]): Promise<void> {
  const [rows, entries] = await Promise.all([listJobRows(), listEntries("jobs")]);
  const rowOf = new Map(rows.map((row) => [row.name, row]));
  const entryOf = new Map(entries.map((entry) => [entry.key, entry]));
  const now = Date.now();
  for (const job of jobs) {
    const dueAt = await dueAtOf(job, rowOf.get(job.name) ?? null, now);
    const entry = entryOf.get(job.name);
    if (dueAt === null || entry?.isHeld) continue;
    if (!entry || !isSameTime(entry.runAt.getTime(), dueAt, now))
      await putEntry(database(), jobKey(job.name), new Date(dueAt));
  }
}

function isSameTime(one: number, other: number, now: number): boolean {
  if (one <= now || other <= now) return one <= now && other <= now;
  return Math.abs(one - other) < SAME_MILLISECONDS;
}
