import { readClockSightings, saveClockSightings } from "@/db/queries/global/clock-sightings";
import { readDatabaseClock } from "@/db/queries/global/database-clock";
import { judgeClock } from "@/lib/domain/operations/believe-clock";
import { AppError } from "@/lib/errors";
import type { AuditActor } from "../audit/actor";
import { runRetention, type RetentionOutcome } from "./run-retention";

const DAY_MS = 86_400_000;

/** Of this computer's and the database's clock, the one that deletes less; epoch milliseconds. */
async function earlierClock(): Promise<number> {
  return Math.min(Date.now(), await readDatabaseClock());
}

/**
 * Retention as the servers run it by themselves: deletes nothing while the clock may be wrong.
 *
 * @throws AppError `conflict` when it has moved on by more than three days since the last run, for 20 hours.
 */
export async function retainIfBelieved(
  actor: AuditActor,
  signal: AbortSignal,
  clock?: number,
): Promise<RetentionOutcome> {
  const now = clock ?? (await earlierClock());
  const sightings = await readClockSightings();
  const verdict = judgeClock(now, sightings);
  if (verdict.isBelieved) return retainNow(actor, signal, now);
  await saveClockSightings({ last: sightings.last, doubted: verdict.doubted });
  const days = Math.floor((now - sightings.last!) / DAY_MS);
  throw new AppError("conflict", { key: "errors.clockJumped", values: { days } });
}

/** Retention as a person asks for it, whose word on the clock is enough. */
export async function retainNow(
  actor: AuditActor,
  signal: AbortSignal,
  clock?: number,
): Promise<RetentionOutcome> {
  const now = clock ?? (await earlierClock());
  await saveClockSightings({ last: now, doubted: null });
  return runRetention(actor, signal, now);
}
