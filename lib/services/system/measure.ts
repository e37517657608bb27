import { countConnections } from "@/db/queries/global/database-facts";
import { env } from "@/lib/env";
import { metrics } from "@/lib/metrics";
import { checkDatabase } from "../health/check-database";
import { countWaitingEvents } from "../events/record-events";
import { readJobs } from "../jobs/read-jobs";
import { readQueues } from "../queue/read-queues";
import { appVersion } from "./app-version";

/** The database must not keep a scrape waiting: what it does not tell in this time is left out. */
const PATIENCE_MILLISECONDS = 2_000;

/**
 * Every metric in Prometheus' text form, or null while metrics are off. Answers in an outage of the database too,
 * without what only the database knows.
 */
export async function readMetrics(
  openLiveFeeds: number,
): Promise<{ text: string; contentType: string } | null> {
  const all = metrics();
  if (!all) return null;
  const { version, commit } = await appVersion();
  all.build.set({ version, commit: commit ?? "" }, 1);
  all.queueEvents.set(countWaitingEvents());
  all.liveFeeds.set(openLiveFeeds);
  all.poolSize.set(env().DATABASE_POOL_SIZE);
  const isUp = await within(PATIENCE_MILLISECONDS, measureDatabase());
  all.databaseUp.set(isUp ? 1 : 0);
  return { text: await all.registry.metrics(), contentType: all.registry.contentType };
}

async function measureDatabase(): Promise<void> {
  const all = metrics()!;
  const startedAt = performance.now();
  await checkDatabase();
  all.databaseSeconds.set((performance.now() - startedAt) / 1000);
  const [connections, jobs, queues] = await Promise.all([countConnections(), readJobs(), readQueues()]);
  for (const { queue, entries, waiting, running, oldestSeconds } of queues) {
    all.queueEntries.set({ queue, state: "waiting" }, waiting);
    all.queueEntries.set({ queue, state: "running" }, running);
    all.queueEntries.set({ queue, state: "planned" }, entries - waiting - running);
    all.queueOldestSeconds.set({ queue }, oldestSeconds);
  }
  all.databaseConnections.reset();
  for (const { use, state, count } of connections) all.databaseConnections.set({ use, state }, count);
  for (const { name, state, nextRunAt, lastSucceededAt } of jobs) {
    const isLate = state !== "running" && nextRunAt !== null;
    all.jobOverdue.set({ job: name }, isLate ? Math.max(0, (Date.now() - nextRunAt) / 1000) : 0);
    if (lastSucceededAt !== null) all.jobSuccess.set({ job: name }, lastSucceededAt / 1000);
  }
}

async function within(milliseconds: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
