import { findDatabaseFacts } from "@/db/queries/global/database-facts";
import { countAttempts, type AttemptFigures, type QueueFigures } from "@/db/queries/global/queue";
import { listReplicas } from "@/db/replicas";
import { operatorReadScope } from "@/db/scope";
import { listCompanyIds } from "@/db/queries/global/companies";
import { assertCan } from "../access/denied";
import { backupFolder, listBackups, type BackupFile } from "../backup/backup-files";
import type { ServiceContext } from "../context";
import { readSilentSites, type SilentSite } from "../dashboard/read-dashboard";
import { checkDatabase } from "../health/check-database";
import { installationState } from "../install/installation-state";
import { readJobs, type JobView } from "../jobs/read-jobs";
import { readQueues } from "../queue/read-queues";
import { appVersion, type AppVersion } from "./app-version";
import { readDataFolder } from "./data-folder";

const DAY_MILLISECONDS = 86_400_000;

export interface SystemView {
  app: AppVersion & {
    node: string;
    /** Epoch milliseconds. */
    startedAt: number;
    residentBytes: number;
  };
  database: {
    isEmbedded: boolean;
    version: string;
    bytes: number;
    startedAt: number;
    /** One round trip, waiting for a connection included. */
    latencyMs: number;
  };
  /** As this server's last look found them; none where `DATABASE_READ_URL` is not set. */
  replicas: ReturnType<typeof listReplicas>;
  /** null where there is no data folder. */
  dataFolder: { path: string; freeBytes: number; totalBytes: number } | null;
  jobs: JobView[];
  queues: QueueFigures[];
  /** Of the last day's messages. */
  attempts: AttemptFigures;
  backups: { folder: string; files: BackupFile[]; bytes: number };
  silentSites: SilentSite[];
}

/** How the installation fares, as this server sees it. @throws AccessDenied `forbidden`. */
export async function readSystem({ actor }: Pick<ServiceContext, "actor">): Promise<SystemView> {
  assertCan(actor, "system:read");
  const sentAt = performance.now();
  await checkDatabase();
  const latencyMs = performance.now() - sentAt;
  const installation = installationState.opened;
  const folder = backupFolder();
  const [app, facts, jobs, files, dataFolder, silentSites, queues, attempts] = await Promise.all([
    appVersion(),
    findDatabaseFacts(),
    readJobs(),
    listBackups(folder),
    readDataFolder(),
    listCompanyIds().then((ids) => readSilentSites(operatorReadScope(ids))),
    readQueues(),
    countAttempts(new Date(Date.now() - DAY_MILLISECONDS)),
  ]);
  return {
    app: {
      ...app,
      node: process.versions.node,
      startedAt: installation?.openedAt ?? Date.now() - process.uptime() * 1000,
      residentBytes: process.memoryUsage.rss(),
    },
    database: {
      isEmbedded: installation?.isEmbedded ?? false,
      version: facts.version,
      bytes: Number(facts.bytes),
      startedAt: Number(facts.started_ms),
      latencyMs,
    },
    replicas: listReplicas(),
    dataFolder,
    jobs,
    queues,
    attempts,
    backups: { folder, files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
    silentSites,
  };
}
