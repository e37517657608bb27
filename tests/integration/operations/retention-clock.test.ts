import { sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { tryJobLock } from "@/db/job-lock";
import { readClockSightings, saveClockSightings } from "@/db/queries/global/clock-sightings";
import { operatorActor } from "@/lib/services/audit/actor";
import { runJobIfDue } from "@/lib/services/jobs/run-job";
import { retainIfBelieved, retainNow } from "@/lib/services/retention/believed-retention";
import { retentionJob } from "@/lib/services/retention/retention-job";
import { provideAdmin } from "../../support/admin-program";
import { setCompanyRetention, setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
const admin = provideAdmin();

const actor = operatorActor("scheduled job");
const never = new AbortController().signal;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.now();

let company: TestCompany;

beforeAll(() => setSettings({ timeZone: "UTC" }));
beforeEach(async () => {
  company = await makeCompany("Kept");
  await setCompanyRetention(company, { events: 30 });
  await database().execute(sql`delete from derivation_progress`);
  await database().execute(sql`delete from jobs`);
  await storeEvents(company, [
    { type: "Logon", user: "anna", computer: "PC-1", at: NOW - 60 * DAY },
    { type: "Logon", user: "anna", computer: "PC-1", at: NOW - HOUR },
  ]);
});
afterEach(() => {
  vi.useRealTimers();
});

const retain = (clock: number) => retainIfBelieved(actor, never, clock);

async function countEvents(): Promise<number> {
  const [row] = await database().execute<{ count: number }>(
    sql`select count(*)::int as count from events where company_id = ${company.companyId}`,
  );
  return row!.count;
}

it("a clock that jumps ahead deletes nothing, and what it doubted is forgotten when it is right", async () => {
  await retain(NOW);
  expect(await countEvents()).toBe(1);
  for (const hours of [0, 1, 19]) {
    await expect(retain(NOW + 365 * DAY + hours * HOUR)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^The clock has moved on by 365 days since the last run\./),
    });
  }
  expect(await countEvents()).toBe(1);
  expect(await readClockSightings()).toEqual({ last: NOW, doubted: NOW + 365 * DAY });
  await retain(NOW + 2 * HOUR);
  expect(await countEvents()).toBe(1);
  expect(await readClockSightings()).toEqual({ last: NOW + 2 * HOUR, doubted: null });
});

it("a portal that was off for a month deletes what is old a day later, and goes on daily", async () => {
  await saveClockSightings({ last: NOW - 31 * DAY, doubted: null });
  await expect(retain(NOW)).rejects.toMatchObject({ code: "conflict" });
  expect(await countEvents()).toBe(2);
  expect(await retain(NOW + 20 * HOUR)).toMatchObject({ events: 1 });
  expect(await countEvents()).toBe(1);
  expect(await retain(NOW + 44 * HOUR)).toMatchObject({ events: 0 });
});

it("a person's word is enough, and nothing is doubted after it", async () => {
  await saveClockSightings({ last: NOW - 31 * DAY, doubted: NOW - HOUR });
  expect(await retainNow(actor, never, NOW)).toMatchObject({ events: 1 });
  expect(await retain(NOW + DAY)).toMatchObject({ events: 0 });
});

it("the job fails in words, and goes on by itself", async () => {
  await saveClockSightings({ last: NOW - 31 * DAY, doubted: null });
  expect(await runJobIfDue(retentionJob, never)).toBe("failed");
  expect(await countEvents()).toBe(2);
  await saveClockSightings({ last: NOW - 31 * DAY, doubted: NOW - 21 * HOUR });
  await database().execute(
    sql`update jobs set requested_at = now() + interval '1 second' where name = 'retention'`,
  );
  expect(await runJobIfDue(retentionJob, never)).toBe("done");
  expect(await countEvents()).toBe(1);
});

it("a server whose own clock is ahead deletes by the database's", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW + 365 * DAY });
  await retainNow(actor, never);
  vi.useRealTimers();
  expect(await countEvents()).toBe(1);
  expect((await readClockSightings()).last).toBeLessThanOrEqual(Date.now());
});

it("the command deletes now, and not while a nightly job runs", async () => {
  await saveClockSightings({ last: NOW - 31 * DAY, doubted: null });
  const lock = (await tryJobLock(retentionJob.lane))!;
  const refused = await admin("retention", "run");
  await lock.release();
  expect(refused).toEqual({ code: 1, text: "A nightly job is running. Try again when it's finished.\n" });
  expect(await countEvents()).toBe(2);
  const done = await admin("retention", "run");
  expect(done.text).toContain("Deleted: 1 events");
  expect(done.code).toBe(0);
  expect(await countEvents()).toBe(1);
}, 60_000);
