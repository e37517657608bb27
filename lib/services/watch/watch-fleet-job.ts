import type { Job } from "../jobs/job";
import { Looks } from "../jobs/companies-failed";
import { endOrphans } from "./end-orphans";
import { lastLook } from "./last-look";
import { tellClocks, tellLostEvents } from "./tell-agents";
import { tellComputersBack, tellSilentComputers, tellSites } from "./tell-silence";

const NAME = "watch-fleet";
const MINUTE_MS = 60_000;
/** A longer gap means that the servers were down and no agent could report. */
const GAP_MS = 10 * MINUTE_MS;
/** How long agents get to report again after a gap before silence counts. */
const GRACE_MS = 15 * MINUTE_MS;

export const watchFleetJob: Job = {
  name: NAME,
  title: { key: "jobs.computerWatch" },
  purpose: { key: "jobs.computerWatchNote" },
  lane: NAME,
  isFrequent: true,
  schedule: () => ({ kind: "every", minutes: 1 }),
  run: () => watchFleet(),
};

/**
 * Looks once. What was silent before the first look isn't reported, nor is silence right after the servers were away.
 */
export async function watchFleet(now: number = Date.now()): Promise<object> {
  const last = await lastLook(NAME, now, "lookedAt", "firstAt", "watchingSince");
  const firstAt = last?.firstAt ?? now;
  const isGap = last === null || now - last.lookedAt > GAP_MS;
  const watchingSince = isGap ? now : last.watchingSince;
  const judgesSilence = now - watchingSince >= GRACE_MS;
  const looks = new Looks();
  const fallen = judgesSilence ? await looks.count(tellSilentComputers(now, firstAt)) : 0;
  const back = await looks.count(tellComputersBack(now));
  const sites = await looks.count(tellSites(now, judgesSilence ? firstAt : Infinity));
  const lostEvents = await looks.count(tellLostEvents(now));
  const clocks = await looks.count(tellClocks(now));
  await looks.count(endOrphans());
  const kept = { lookedAt: now, firstAt, watchingSince };
  return looks.end({ silentComputers: fallen, computersBack: back, sites, lostEvents, clocks, kept });
}
