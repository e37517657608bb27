import { env } from "@/lib/env";
import type { Job } from "../jobs/job";
import { Looks } from "../jobs/companies-failed";
import { tellExpiringKeys, tellRefusedKeys } from "./tell-keys";
import { tellStandstill, WATCH_PORTAL } from "./tell-standstill";
import { tellCertificate, tellLateJobs, type LateFacts } from "./tell-portal";
import { forgetDisks } from "./watch-disk";

/** A server that has just started first does what fell due while it was down. */
const SETTLED_SECONDS = 30 * 60;

/** `readFacts` gives the jobs to look after, which this one is among. */
export function watchPortalJob(readFacts: () => Promise<LateFacts[]>): Job {
  return {
    name: WATCH_PORTAL,
    title: { key: "jobs.portalWatch" },
    purpose: { key: "jobs.portalWatchNote" },
    lane: WATCH_PORTAL,
    isFrequent: true,
    schedule: () => ({ kind: "every", minutes: 10 }),
    async run() {
      const now = Date.now();
      const looks = new Looks();
      const expiringKeys = await looks.count(tellExpiringKeys(now));
      const refusedKeys = await looks.count(tellRefusedKeys(now));
      const lateJobs = process.uptime() < SETTLED_SECONDS ? 0 : await tellLateJobs(await readFacts(), now);
      const { stalledRules, kept } = await tellStandstill(now);
      await forgetDisks();
      const { SSL_CERTFILE } = env();
      if (SSL_CERTFILE) await tellCertificate(SSL_CERTFILE, now);
      return looks.end({ expiringKeys, refusedKeys, lateJobs, stalledRules, kept });
    },
  };
}
