import { operatorActor } from "../audit/actor";
import type { Job } from "../jobs/job";
import { readSettings } from "../settings/read-settings";
import { backupFolder, pruneBackups } from "./backup-files";
import { createBackup } from "./create-backup";

export const BACKUP_LANE = "nightly";

export const backupJob: Job = {
  name: "backup",
  title: { key: "jobs.backup" },
  purpose: { key: "jobs.backupNote" },
  lane: BACKUP_LANE,
  schedule: ({ backupHour }) => (backupHour === null ? null : { kind: "daily", hour: backupHour }),
  async run(signal) {
    const { backupKeepCount } = await readSettings();
    const folder = backupFolder();
    const outcome = await createBackup(operatorActor("scheduled job"), { folder, isScheduled: true, signal });
    const deleted = await pruneBackups(folder, backupKeepCount, outcome.file);
    return { ...outcome, deletedFiles: deleted };
  },
};
