import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { portalScope, writeWithin } from "@/db/scope";
import { daysToTell } from "@/lib/domain/notifications/expiry";
import type { Text } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import { logger } from "@/lib/logger";
import type { JobState } from "../jobs/job-state";
import { endState, notify } from "../notifications/notify";

const HOUR_MS = 3_600_000;
/** A job that is due for so long did not run; one that runs every few minutes is missed sooner. */
const LATE_MS = { daily: 2 * HOUR_MS, frequent: HOUR_MS / 2 };

/** The facts of a job that say whether it is late. */
export interface LateFacts {
  name: string;
  title: Text;
  isFrequent: boolean;
  state: JobState;
  /** Epoch milliseconds. */
  lastSucceededAt: number | null;
  nextRunAt: number | null;
}

/** Tells of jobs that are due for long and have not run; gives how many are late. */
export async function tellLateJobs(jobs: readonly LateFacts[], now: number): Promise<number> {
  const scope = portalScope();
  let late = 0;
  await writeWithin(scope, async (tx) => {
    for (const job of jobs) {
      const dueAt = lateSince(job, now);
      if (dueAt === null) await endState(tx, scope, "job.late", [`job:${job.name}`]);
      else {
        late += 1;
        const params = { job: job.name, title: inEnglish(job.title), dueAt: new Date(dueAt).toISOString() };
        await notify(tx, scope, "job.late", params);
      }
    }
  });
  return late;
}

/** Since when a late job is due; null for one that is not late. */
function lateSince({ state, nextRunAt, lastSucceededAt, isFrequent }: LateFacts, now: number): number | null {
  if (nextRunAt === null) return null;
  // One that fails again and again is always about to run.
  const dueAt = isFrequent && lastSucceededAt !== null ? Math.min(nextRunAt, lastSucceededAt) : nextRunAt;
  if (!isFrequent && state === "running") return null;
  return now - dueAt > (isFrequent ? LATE_MS.frequent : LATE_MS.daily) ? dueAt : null;
}

/** Tells 14, 3 and 1 days before that the certificate in the file expires. One that cannot be read was told at the start. */
export async function tellCertificate(certFile: string, now: number): Promise<void> {
  const certificate = await readCertificate(certFile);
  if (!certificate) return;
  const expiresAt = Date.parse(certificate.validTo);
  const days = daysToTell(expiresAt, now);
  if (days === null) return;
  const name = certificate.subject.match(/^CN=(.*)$/m)?.[1] ?? certificate.subjectAltName ?? certFile;
  const params = { name, expiresAt: new Date(expiresAt).toISOString(), days };
  const onceKey = `certificate:${certificate.fingerprint256}:${days}`;
  const scope = portalScope();
  await writeWithin(scope, (tx) => notify(tx, scope, "certificate.expiring", params, onceKey));
}

async function readCertificate(certFile: string): Promise<X509Certificate | null> {
  try {
    return new X509Certificate(await readFile(certFile));
  } catch (error) {
    logger.warn({ err: error, certFile }, "Can't read the certificate's expiry date");
    return null;
  }
}
