import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { tickDetectionClock } from "@/db/queries/global/detection-clock";
import { followCompany } from "@/lib/services/detections/follow-company";
import { followOnce } from "@/lib/services/detections/follow-events";
import { series } from "./series";
import { storeEvents, type SentEvent, type TestCompany } from "./stored-events";

/** Waits until every event stored by now is settled; fails after half a minute. */
export async function settleStored(): Promise<void> {
  // Companies without a time zone have the portal's.
  await database().transaction(ensureSettings);
  const [row] = await database().execute<{ id: number }>(sql`
    select coalesce(max(id), 0)::float8 as id from events`);
  const until = Date.now() + 30_000;
  while (((await tickDetectionClock()) ?? -1) < row!.id) {
    if (Date.now() > until) throw new Error("Stored events were not settled within half a minute.");
    await delay(20);
  }
}

/** Asks the rules about everything stored by now, of every company. */
export async function followStored(): Promise<void> {
  await settleStored();
  await followOnce(new AbortController().signal, () => false);
}

/** The same for one company, so many events at a time. */
export async function followStoredOf({ companyId }: TestCompany, batch = 1_000): Promise<void> {
  await settleStored();
  while ((await followCompany(companyId, batch)) === "more") {
    // The next batch.
  }
}

/** Breaks transactions off at whatever they are at, which leaves of them what a killed server leaves: nothing. */
export async function breakOff(work: Promise<unknown>): Promise<void> {
  await database().execute(sql`
    select pg_cancel_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query ~ '(detection|alerts|notifications)'`);
  await work.catch(() => undefined);
}

/**
 * Stores the events in parts of up to 120. After each, two servers follow them at once, so many at a time, and half the
 * time are broken off at it; the rest is followed at the end.
 */
export async function followBrokenOff(
  company: TestCompany,
  events: readonly SentEvent[],
  seed: number,
  batch: number,
): Promise<void> {
  const random = series(seed);
  const follow = () => followCompany(company.companyId, batch);
  for (let start = 0; start < events.length;) {
    const size = 1 + Math.floor(random() * 120);
    await storeEvents(company, events.slice(start, start + size));
    start += size;
    await settleStored();
    // Settled, so that neither still holds the cursor when the rest is followed.
    const both = Promise.allSettled([follow(), follow()]);
    if (random() < 0.5) await breakOff(both);
    else await both;
  }
  await followStoredOf(company, batch);
}
