import { retentionJob } from "../retention/retention-job";
import { auditVerifyJob } from "../audit/audit-verify-job";
import { backupJob } from "../backup/backup-job";
import type { Job } from "./job";

/** Everything the servers do by themselves, in the order the System page shows it. */
export const JOBS: readonly Job[] = [retentionJob, backupJob, auditVerifyJob];
