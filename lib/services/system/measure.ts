import { countConnections } from "@/db/queries/global/database-facts";
import { env } from "@/lib/env";
import { metrics, type Metrics } from "@/lib/metrics";
import { checkDatabase } from "../health/check-database";
import { countWaitingEvents } from "../events/record-events";
import { readJobs } from "../jobs/read-jobs";
import { JOBS } from "../jobs/registry";
import { readQueues } from "../queue/read-queues";
import { readStandstill } from "../watch/tell-standstill";
import { appVersion } from "./app-version";

/** How long a scrape waits for the database: what it does not tell in this time is left out. Milliseconds. */
interface Patience {
  answer: number;
  figures: number;
}

const RUN_OUTCOMES = ["done", "failed"];
const PATIENCE: Patience = { answer: 2_000, figures: 2_000 };

/**
 * Every metric in Prometheus' text form, or null while metrics are off. Answers in an outage of the database too,
 * without what only the database knows. `patience` is for tests.
 */
export async function readMetrics(
  openLiveFeeds: number,
  patience = PATIENCE,
): Promise<{ text: string; contentType: string } | null> {
  const all = metrics();
  if (!all) return null;
  const { version, commit } = await appVersion();
  all.build.set({ version, commit: commit ?? "" }, 1);
  all.queueEvents.set(countWaitingEvents());
  all.liveFeeds.set(openLiveFeeds);
  all.poolSize.set(env().DATABASE_POOL_SIZE);
  countNoRuns(all);
  const seconds = await within(patience.answer, timeDatabase());
  const figures = seconds === null ? null : await within(patience.figures, readFigures());
  // Together, so that another scrape sees no half of them.
  forgetDatabase(all);
  all.databaseUp.set(seconds === null ? 0 : 1);
  if (seconds !== null) all.databaseSeconds.set(seconds);
  if (figures) tellFigures(all, figures);
  return { text: await all.registry.metrics(), contentType: all.registry.contentType };
}

/** Prometheus sees no increase from nothing to 1: the first failure of a job would raise no alarm. */
function countNoRuns({ jobRuns }: Metrics): void {
  for (const { name } of JOBS) for (const outcome of RUN_OUTCOMES) jobRuns.inc({ job: name, outcome }, 0);
}

async function timeDatabase(): Promise<number> {
  const startedAt = performance.now();
  await checkDatabase();
  return (performance.now() - startedAt) / 1000;
}

async function readFigures() {
  const [connections, jobs, queues, rulesSeconds] = await Promise.all([
    countConnections(),
    readJobs(),
    readQueues(),
    readStandstill(Date.now()),
  ]);
  return { connections, jobs, queues, rulesSeconds };
}

/** What was so at an earlier scrape must not look as if it still were. When a job last succeeded stays true. */
function forgetDatabase(all: Metrics): void {
  // To reset one without labels sets it to 0.
  all.databaseSeconds.remove();
  all.rulesStalled.remove();
  for (const gauge of [all.databaseConnections, all.queueEntries, all.queueOldestSeconds, all.jobOverdue]) {
    gauge.reset();
  }
}

function tellFigures(
  all: Metrics,
  { connections, jobs, queues, rulesSeconds }: Awaited<ReturnType<typeof readFigures>>,
): void {
  all.rulesStalled.set(rulesSeconds);
  for (const { queue, entries, waiting, running, oldestSeconds } of queues) {
    all.queueEntries.set({ queue, state: "waiting" }, waiting);
    all.queueEntries.set({ queue, state: "running" }, running);
    all.queueEntries.set({ queue, state: "planned" }, entries - waiting - running);
    all.queueOldestSeconds.set({ queue }, oldestSeconds);
  }
  for (const { use, state, count } of connections) all.databaseConnections.set({ use, state }, count);
  for (const { name, state, nextRunAt, lastSucceededAt } of jobs) {
    const isLate = state !== "running" && nextRunAt !== null;
    all.jobOverdue.set({ job: name }, isLate ? Math.max(0, (Date.now() - nextRunAt) / 1000) : 0);
    if (lastSucceededAt !== null) all.jobSuccess.set({ job: name }, lastSucceededAt / 1000);
  }
}

/** What the work gives; null where it takes longer or fails. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), milliseconds)));
  const done = work.catch(() => null);
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
