import { databaseNow, listBurstCompanies, listFailureSlots } from "@/db/queries/global/watch-failures";
import { operatorScope, writeWithin } from "@/db/scope";
import { BURST_WINDOW_MS } from "@/lib/domain/failures/burst-finder";
import { unionIntervals } from "@/lib/domain/time-spent/intervals";
import type { Job } from "../jobs/job";
import { lastLook } from "./last-look";
import { tellBursts } from "./tell-bursts";
import { tellLockouts } from "./tell-lockouts";
import { BURST_WATCH_MS, tellSuccesses } from "./tell-successes";

const NAME = "watch-logons";
const MINUTE_MS = 60_000;
/** An event is stamped before its commit: what was committed late is found at the next look. */
const OVERLAP_MS = 2 * MINUTE_MS;
/** What happened longer ago is history, as an import brings it, and no news. */
export const NEWS_MS = 24 * 60 * MINUTE_MS;
/** How far back starts are looked at for a burst from an address, as some arrive late. */
const LATE_STARTS_MS = 30 * MINUTE_MS;

export const watchLogonsJob: Job = {
  name: NAME,
  title: "Logon watch",
  purpose: "Tells of lockouts, of bursts of failed logons, and of the logon that follows one.",
  lane: NAME,
  isFrequent: true,
  schedule: () => ({ kind: "every", minutes: 1 }),
  run: watchLogons,
};

/** Looks at what has arrived since the last look, company by company, each in a transaction of its own. */
export async function watchLogons(signal: AbortSignal): Promise<object> {
  const now = await databaseNow();
  const last = await lastLook(NAME, "lookedUntil");
  const notBefore = new Date(now - NEWS_MS);
  const receivedSince = new Date(Math.max((last?.lookedUntil ?? now) - OVERLAP_MS, notBefore.getTime()));
  const spansOf = new Map<number, number[]>();
  for (const { companyId, from } of await listFailureSlots(receivedSince, notBefore)) {
    const spans = spansOf.get(companyId) ?? [];
    spans.push(from - BURST_WINDOW_MS, from + 2 * BURST_WINDOW_MS);
    spansOf.set(companyId, spans);
  }
  const watched = await listBurstCompanies(new Date(now - BURST_WATCH_MS));
  const told = { lockouts: 0, bursts: 0, successes: 0 };
  for (const companyId of new Set([...spansOf.keys(), ...watched])) {
    if (signal.aborted) break;
    const scope = operatorScope(companyId);
    const spans = unionIntervals(spansOf.get(companyId) ?? []);
    await writeWithin(scope, async (tx) => {
      if (spans.length > 0) told.lockouts += await tellLockouts(tx, scope, receivedSince, notBefore);
      told.bursts += await tellBursts(tx, scope, spans, now);
      told.successes += await tellSuccesses(tx, scope, now, receivedSince.getTime() - LATE_STARTS_MS);
    });
  }
  return { ...told, kept: { lookedUntil: now } };
}
