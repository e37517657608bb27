import { listJobRows } from "@/db/queries/global/jobs";
import { auditVerifyJob } from "../audit/audit-verify-job";
import { backupJob } from "../backup/backup-job";
import { watchAgentsJob } from "../detections/watch-agents-job";
import { storeTimeJob } from "../reports/store-time-job";
import { retentionJob } from "../retention/retention-job";
import { fillIndexesJob } from "../upkeep/fill-indexes-job";
import type { LateFacts } from "../watch/tell-portal";
import { watchFleetJob } from "../watch/watch-fleet-job";
import { watchLogonsJob } from "../watch/watch-logons-job";
import { watchPortalJob } from "../watch/watch-portal-job";
import type { Job } from "./job";
import { jobStateOf } from "./job-state";
import { dueAtOf } from "./run-job";

/** Everything the servers do by themselves, in the order the System page shows it. */
export const JOBS: readonly Job[] = [
  retentionJob,
  backupJob,
  auditVerifyJob,
  fillIndexesJob,
  watchLogonsJob,
  watchFleetJob,
  watchAgentsJob,
  storeTimeJob,
  watchPortalJob(readLateFacts),
];

async function readLateFacts(): Promise<LateFacts[]> {
  const rows = new Map((await listJobRows()).map((row) => [row.name, row]));
  return Promise.all(
    JOBS.map(async ({ name, title, isFrequent = false, ...job }) => {
      const row = rows.get(name) ?? null;
      return {
        name,
        title,
        isFrequent,
        state: jobStateOf(row),
        lastSucceededAt: row?.lastSucceededAt?.getTime() ?? null,
        nextRunAt: await dueAtOf({ name, title, ...job }, row, Date.now()),
      };
    }),
  );
}
