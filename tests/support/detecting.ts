import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { tickDetectionClock } from "@/db/queries/global/detection-clock";
import { isStatementTimeout } from "@/lib/errors";
import { followCompany } from "@/lib/services/detections/follow-company";
import { followOnce, learnOnce } from "@/lib/services/detections/follow-events";
import { series } from "./series";
import { storeEvents, type SentEvent, type TestCompany } from "./stored-events";

/** Looks once which events are settled, as if the pause between two looks were over; what is stored is committed by then. */
export async function lookOnce(): Promise<number | null> {
  await database().execute(sql`
    update detection_clock set candidate_at = candidate_at - interval '1 minute'`);
  return tickDetectionClock();
}

/** Waits until every event stored by now is settled; fails after half a minute. */
export async function settleStored(): Promise<void> {
  // Companies without a time zone have the portal's.
  await database().transaction(ensureSettings);
  const [row] = await database().execute<{ id: number }>(sql`
    select coalesce(max(id), 0)::float8 as id from events`);
  const until = performance.now() + 30_000;
  // Three looks do it, unless another suite's transaction is under way in the same database.
  for (let look = 1; ((await lookOnce()) ?? -1) < row!.id; look += 1) {
    if (performance.now() > until) throw new Error("Stored events were not settled within half a minute.");
    if (look > 5) await delay(20);
  }
}

/** Stores five failed logons of each account from one address, enough for an alert of guessing about each. */
export async function storeGuesses(company: TestCompany, ...accounts: readonly string[]): Promise<void> {
  const now = Date.now();
  const guesses = accounts.flatMap((user) =>
    Array.from({ length: 5 }, (_, number) => ({
      type: "logon_failed",
      user,
      computer: "PC-1",
      at: now - number * 1_000,
      fields: { SourceIP: "10.0.3.7", SubStatus: "0xC000006A" },
    })),
  );
  await storeEvents(company, guesses);
}

/** Asks the rules about everything stored by now, of every company. */
export async function followStored(): Promise<void> {
  await settleStored();
  const { signal } = new AbortController();
  await learnOnce(signal, () => false);
  await followOnce(signal, () => false);
}

/** The same for one company, so many events at a time. */
export async function followStoredOf({ companyId }: TestCompany, batch = 1_000): Promise<void> {
  await settleStored();
  while ((await followCompany(companyId, batch)) === "more") {
    // The next batch.
  }
}

/** What following events writes to, in this order. */
const WRITTEN = ["alerts", "notifications", "detection_states", "detection_cursors"] as const;

/**
 * Follows events, and breaks that off as it is about to write to the table: of its transaction is left what a
 * killed server leaves, nothing. Gives how many were broken off, as one without anything to write there ends as usual;
 * one that fails for another reason fails the test.
 */
export async function breakOff(
  table: (typeof WRITTEN)[number],
  ...follow: readonly (() => Promise<unknown>)[]
): Promise<number> {
  const failures: unknown[] = [];
  await database().transaction(async (tx) => {
    await tx.execute(sql`lock table ${sql.identifier(table)} in share mode`);
    const [holder] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const waiting = sql`from pg_stat_activity where ${holder!.pid}::int = any (pg_blocking_pids(pid))`;
    let ended = 0;
    const all = follow.map((start) =>
      start()
        .catch((failure: unknown) => failures.push(failure))
        .finally(() => (ended += 1)),
    );
    // Asked outside, as a transaction sees the same activity to its end.
    const standing = async () => ended + (await database().execute(sql`select ${waiting}`)).length;
    await expect.poll(standing, { interval: 5 }).toBeGreaterThanOrEqual(follow.length);
    await database().execute(sql`select pg_cancel_backend(pid) ${waiting}`);
    await Promise.all(all);
  });
  const others = failures.filter((failure) => !isStatementTimeout(failure));
  if (others.length > 0) throw new AggregateError(others, "It failed otherwise than by being broken off.");
  return failures.length;
}

/** One of the tables at which to break off. */
export function anyWritten(random: () => number): (typeof WRITTEN)[number] {
  return WRITTEN[Math.floor(random() * WRITTEN.length)]!;
}

/**
 * Stores the events in parts of up to 120. After each, two servers follow them at once, so many at a time, and half the
 * time are broken off at it; the rest is followed at the end. Gives how often one was broken off.
 */
export async function followBrokenOff(
  company: TestCompany,
  events: readonly SentEvent[],
  seed: number,
  batch: number,
): Promise<number> {
  const random = series(seed);
  const follow = () => followCompany(company.companyId, batch);
  let broken = 0;
  for (let start = 0; start < events.length;) {
    const size = 1 + Math.floor(random() * 120);
    await storeEvents(company, events.slice(start, start + size));
    start += size;
    await settleStored();
    // Both end, so that neither still holds the cursor when the rest is followed.
    if (random() < 0.5) broken += await breakOff(anyWritten(random), follow, follow);
    else await Promise.all([follow(), follow()]);
  }
  await followStoredOf(company, batch);
  return broken;
}
