import type { Job } from "../jobs/job";
import { verifyAudit } from "./verify-audit";

export const auditVerifyJob: Job = {
  name: "audit-verify",
  title: { key: "jobs.auditCheck" },
  purpose: { key: "jobs.auditCheckNote" },
  lane: "nightly",
  schedule: () => ({ kind: "daily", hour: 4 }),
  async run() {
    const verdict = await verifyAudit();
    if (!verdict.ok) throw new Error(`The audit trail is damaged. ${verdict.problem}`);
    return { rows: verdict.rows, lastRow: verdict.headSeq };
  },
};
