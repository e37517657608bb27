import type { Transaction } from "@/db/client";
import { databaseNow, listBurstCompanies, listLockoutCompanies } from "@/db/queries/global/watch-failures";
import { endBursts, listFailingSubjects, listOpenBursts } from "@/db/queries/notifications/watch-logons";
import { operatorScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { BURST_WINDOW_MS } from "@/lib/domain/failures/burst-finder";
import type { Job } from "../jobs/job";
import { forEachCompany } from "../jobs/companies-failed";
import { lastLook } from "./last-look";
import { NEWS_MS } from "./news";
import { tellLockouts } from "./tell-lockouts";

const NAME = "watch-logons";
const MINUTE_MS = 60_000;
/** An event is stamped before its commit: what was committed late is found at the next look. */
const OVERLAP_MS = 2 * MINUTE_MS;

export const watchLogonsJob: Job = {
  name: NAME,
  title: { key: "jobs.logonWatch" },
  purpose: { key: "jobs.logonWatchNote" },
  lane: NAME,
  isFrequent: true,
  schedule: () => ({ kind: "every", minutes: 1 }),
  run: watchLogons,
};

/**
 * Looks at what has arrived since the last look, company by company, each in a transaction of its own.
 *
 * @throws CompaniesFailed at the end where it failed for some. The next look is then at the same time again, for all: what
 * is told already is told once.
 */
export async function watchLogons(signal: AbortSignal): Promise<object> {
  const now = await databaseNow();
  const last = await lastLook(NAME, now, "lookedUntil");
  const notBefore = new Date(now - NEWS_MS);
  const receivedSince = new Date(Math.max((last?.lookedUntil ?? now) - OVERLAP_MS, notBefore.getTime()));
  const withLockouts = new Set(await listLockoutCompanies(receivedSince, notBefore));
  const withBursts = new Set(await listBurstCompanies());
  const told = { lockouts: 0 };
  await forEachCompany(new Set([...withLockouts, ...withBursts]), async (companyId) => {
    if (signal.aborted) return;
    const scope = operatorScope(companyId);
    await writeWithin(scope, async (tx) => {
      if (withLockouts.has(companyId))
        told.lockouts += await tellLockouts(tx, scope, receivedSince, notBefore);
      if (withBursts.has(companyId)) await endBurstsOver(tx, scope, now);
    });
  });
  return { ...told, kept: { lookedUntil: now } };
}

/** Ends reported bursts whose account or address hasn't failed for ten minutes. */
async function endBurstsOver(tx: Transaction, scope: CompanyWriteScope, now: number): Promise<void> {
  const open = await listOpenBursts(tx, scope);
  if (open.length === 0) return;
  const failing = await listFailingSubjects(tx, scope, new Date(now - BURST_WINDOW_MS));
  const over = open.filter((subject) => !failing.has(subject));
  await endBursts(tx, scope, over, new Date(now));
}
