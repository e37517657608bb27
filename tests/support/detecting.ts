import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { tickDetectionClock } from "@/db/queries/global/detection-clock";
import { followCompany } from "@/lib/services/detections/follow-company";
import { followOnce } from "@/lib/services/detections/follow-events";
import type { TestCompany } from "./stored-events";

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
