import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { noteJob } from "@/db/queries/global/jobs";
import {
  pullBackEntries,
  putEntries,
  putEntry,
  putOffEntry,
  takeEntries,
  type QueueName,
} from "@/db/queries/global/queue";
import { logger } from "@/lib/logger";
import { jobQueue } from "@/lib/services/jobs/job-queue";
import { strayFeeder } from "@/lib/services/queue/pull-back";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const QUEUES: QueueName[] = ["jobs", "messages", "deliveries", "mail", "schedules"];

beforeEach(async () => {
  await setSettings({ timeZone: "UTC" });
  await database().execute(sql`delete from queue_entries`);
});
afterEach(() => {
  vi.useRealTimers();
});

const keyOf = (queue: QueueName, key = "one") => ({ companyId: 0, queue, key });
const keys = async (queue: QueueName) =>
  (await takeEntries(queue, 10, 60)).map(({ key }) => key).toSorted((a, b) => a.localeCompare(b));

/** Hours from now until each entry is due, by the database's clock. */
async function hoursLeft(): Promise<number[]> {
  const rows = await database().execute<{ hours: number }>(sql`
    select (extract(epoch from run_at - now()) / 3600)::float8 as hours from queue_entries order by queue, key`);
  return rows.map(({ hours }) => hours);
}

describe.each([
  ["ahead", 30 * DAY],
  ["behind", -30 * DAY],
])("a server whose clock is %s of the database's", (_, offset) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + offset });
  });

  it("has done now what is due now", async () => {
    await putEntry(database(), keyOf("mail"), new Date());
    await putEntries(database(), { companyId: 0, queue: "mail" }, ["two", "three"], new Date());
    expect(await keys("mail")).toEqual(["one", "three", "two"]);
  });

  it("waits as long as it is meant to", async () => {
    await putEntry(database(), keyOf("mail"), new Date(Date.now() + 3 * HOUR));
    await putEntry(database(), keyOf("schedules"), new Date());
    const [taken] = await takeEntries("schedules", 1, 60);
    await putOffEntry(database(), taken!, new Date(Date.now() + 3 * HOUR));
    for (const hours of await hoursLeft()) {
      expect(hours).toBeGreaterThan(2);
      expect(hours).toBeLessThanOrEqual(3);
    }
    expect(await hoursLeft()).toHaveLength(2);
  });

  it("leaves the time of a job alone that has not changed", async () => {
    const job = {
      name: "probe",
      title: { key: "jobs.backup" },
      purpose: { key: "jobs.backupNote" },
    } as const;
    const schedule = () => ({ kind: "every", minutes: 600 }) as const;
    const started = new Date();
    await noteJob(job.name, { lastStartedAt: started, lastFinishedAt: started, lastSucceededAt: started });
    const { feeder } = jobQueue([{ ...job, lane: job.name, schedule, run: async () => ({}) }]);
    await feeder.feed();
    const [hours] = await hoursLeft();
    expect(hours).toBeGreaterThan(9);
    expect(hours).toBeLessThanOrEqual(10);
    const written = async () =>
      (await database().execute(sql`select xmin::text, run_at::text from queue_entries`))[0];
    const before = await written();
    await feeder.feed();
    expect(await written()).toEqual(before);
  });
});

describe.each(QUEUES)("an entry of the queue %s", (queue) => {
  it("is due at once when it lies further ahead than anything is put, since the database's clock was", async () => {
    await putEntry(database(), keyOf(queue), new Date(Date.now() + 90 * DAY));
    expect(await pullBackEntries()).toBe(0);
    expect(await keys(queue)).toEqual([]);
    await database().execute(sql`update queue_entries set run_at = run_at + interval '2 days'`);
    expect(await pullBackEntries()).toBe(1);
    expect(await keys(queue)).toEqual(["one"]);
  });

  it("stays as it is while somebody holds it", async () => {
    await putEntry(database(), keyOf(queue), new Date());
    await takeEntries(queue, 1, 60);
    await database().execute(sql`update queue_entries set run_at = now() + interval '30 days'`);
    expect(await pullBackEntries()).toBe(0);
  });
});

it("The log blames no clock for what an earlier version has put further ahead, such as the end of a pause", async () => {
  await putEntry(database(), keyOf("messages"), new Date());
  await database().execute(sql`update queue_entries set run_at = now() + interval '3 days'`);
  const warn = vi.spyOn(logger, "warn");
  await strayFeeder.feed();
  expect(warn.mock.calls).toEqual([[{ count: 1 }, expect.stringContaining("put by an earlier version or")]]);
  warn.mockRestore();
  expect(await keys("messages")).toEqual(["one"]);
});
