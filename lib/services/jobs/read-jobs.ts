import { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { database } from "@/db/client";
import { listJobRows, noteJobRequest } from "@/db/queries/global/jobs";
import type { Text } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { ServiceContext } from "../context";
import { putEntry } from "@/db/queries/global/queue";
import { jobKey } from "./job-queue";
import { jobStateOf, type JobState } from "./job-state";
import { JOBS } from "./registry";
import { dueAtOf, STOPPED } from "./run-job";

export interface JobView {
  name: string;
  title: Text;
  purpose: Text;
  /** How the last run went; "running" also for one whose server died, until it is taken up again. */
  state: JobState;
  /** Epoch milliseconds. */
  lastStartedAt: number | null;
  lastFinishedAt: number | null;
  lastSucceededAt: number | null;
  /** null while it is switched off; may be past, then it is about to begin. */
  nextRunAt: number | null;
  /** The words of the error, which are English. */
  lastError: string | Text | null;
  lastResult: unknown;
}

export const jobsByName = new Map(JOBS.map((job) => [job.name, job]));

/** Every job with how its last run went and when the next is due. */
export async function readJobs(): Promise<JobView[]> {
  const rows = new Map((await listJobRows()).map((row) => [row.name, row]));
  return Promise.all(
    JOBS.map(async (job) => {
      const row = rows.get(job.name) ?? null;
      return {
        name: job.name,
        title: job.title,
        purpose: job.purpose,
        state: jobStateOf(row),
        lastStartedAt: epochOf(row?.lastStartedAt),
        lastFinishedAt: epochOf(row?.lastFinishedAt),
        lastSucceededAt: epochOf(row?.lastSucceededAt),
        nextRunAt: await dueAtOf(job, row, Date.now()),
        lastError: row?.lastError === inEnglish(STOPPED) ? STOPPED : (row?.lastError ?? null),
        lastResult: row?.lastResult ?? null,
      };
    }),
  );
}

function epochOf(at: Date | null | undefined): number | null {
  return at?.getTime() ?? null;
}

export const jobRequestInput = z.object({ name: z.string().max(60) });

/** Has a job run as soon as a server is free for it. @throws AccessDenied, AppError `not_found`. */
export async function requestJob(
  { actor, audit }: ServiceContext,
  { name }: z.output<typeof jobRequestInput>,
): Promise<{ name: string }> {
  assertCan(actor, "settings:update");
  if (!jobsByName.has(name)) throw new AppError("not_found", { key: "errors.jobUnknown" });
  await database().transaction(async (tx) => {
    await noteJobRequest(tx, name);
    await insertAuditRow(tx, {
      ...audit,
      companyId: null,
      action: "job.request",
      targetType: "job",
      targetId: name,
    });
    await putEntry(tx, jobKey(name), new Date());
  });
  return { name };
}
