import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { tryJobLock } from "@/db/job-lock";
import { findJobRow, noteJob } from "@/db/queries/global/jobs";
import { contextOf, makeUser } from "../../support/people";
import { readJobs, requestJob } from "@/lib/services/jobs/read-jobs";
import { runJobIfDue } from "@/lib/services/jobs/run-job";
import { jobQueue } from "@/lib/services/jobs/job-queue";
import { startQueue } from "@/lib/services/queue/worker";
import type { Job } from "@/lib/services/jobs/job";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

beforeAll(() => setSettings({ timeZone: "UTC" }));

const never = new AbortController().signal;
let number = 0;

function makeJob(run: Job["run"], lane?: string): Job {
  number += 1;
  const name = `test-${number}`;
  return {
    name,
    title: { key: "jobs.backup" },
    purpose: { key: "jobs.backupNote" },
    lane: lane ?? name,
    schedule: () => ({ kind: "daily", hour: 3 }),
    run,
  };
}

async function until(isTrue: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isTrue())) await delay(20);
}

it("leave no request behind whose audit row could not be written", async () => {
  const context = await contextOf(await makeUser("GlobalAdmin"));
  await database().execute(sql`create function refuse_audit() returns trigger language plpgsql as
    $$ begin raise exception 'no audit today'; end $$`);
  await database().execute(sql`create trigger refuse_audit before insert on audit_log
    for each row execute function refuse_audit()`);
  try {
    await expect(requestJob(context, { name: "retention" })).rejects.toMatchObject({
      cause: { message: "no audit today" },
    });
  } finally {
    await database().execute(sql`drop trigger refuse_audit on audit_log`);
  }
  expect((await findJobRow("retention"))?.requestedAt ?? null).toBeNull();
});

describe("jobs", () => {
  it("run once, however many servers find them due at the same moment", async () => {
    let runs = 0;
    const job = makeJob(async () => {
      runs += 1;
      await delay(100);
      return { runs };
    });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => runJobIfDue(job, never)));
    expect(runs).toBe(1);
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(await runJobIfDue(job, never)).toBe("not due");
    const row = (await findJobRow(job.name))!;
    expect(row.lastResult).toEqual({ runs: 1 });
    expect(row.lastSucceededAt).toEqual(row.lastFinishedAt);
    expect(row.nextRunAt!.getTime()).toBeGreaterThan(Date.now());
    expect(row.nextRunAt!.toISOString()).toMatch(/T03:00:00/);
  });

  it("of one lane never run side by side", async () => {
    let isBusy = false;
    const other = makeJob(async () => {
      expect(isBusy).toBe(true);
      return {};
    }, "shared lane");
    const job = makeJob(async () => {
      isBusy = true;
      expect(await runJobIfDue(other, never)).toBe("elsewhere");
      isBusy = false;
      return {};
    }, "shared lane");
    expect(await runJobIfDue(job, never)).toBe("done");
  });

  it("keep what went wrong in words, and are tried again within the hour", async () => {
    const job = makeJob(() => Promise.reject(new Error("The disk is full.")));
    expect(await runJobIfDue(job, never)).toBe("failed");
    const row = (await findJobRow(job.name))!;
    expect(row).toMatchObject({ lastError: "The disk is full.", lastSucceededAt: null });
    expect(row.nextRunAt!.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  it("stop with their server and go on after the next start", async () => {
    let sawStop = false;
    const job = makeJob(async (signal) => {
      await until(() => signal.aborted);
      sawStop = true;
      return {};
    });
    const { handler, feeder } = jobQueue([job]);
    const queue = startQueue([handler], [feeder]);
    await until(async () => (await findJobRow(job.name))?.lastStartedAt != null);
    await queue.stop();
    expect(sawStop).toBe(true);
    const row = (await findJobRow(job.name))!;
    expect(row.lastFinishedAt).toBeNull();
    expect(row.lastError).toContain("The server stopped during the run.");
    // The lock went with the run.
    const lock = await tryJobLock(job.lane);
    expect(lock).not.toBeNull();
    await lock!.release();
    await noteJob(job.name, { lastStartedAt: new Date(Date.now() - 6 * 60_000) });
    expect(await runJobIfDue({ ...job, run: async () => ({ again: true }) }, never)).toBe("done");
    expect((await findJobRow(job.name))!.lastError).toBeNull();
  });

  it("run again once the clock is right, whatever one that was ahead has noted, and each request once", async () => {
    const year = 365 * 86_400_000;
    const ahead = new Date(Date.now() + year);
    let runs = 0;
    const job = makeJob(async () => ({ runs: (runs += 1) }));
    const noted = { lastStartedAt: ahead, lastFinishedAt: ahead, lastSucceededAt: ahead, requestedAt: ahead };
    await noteJob(job.name, { ...noted, nextRunAt: new Date(Date.now() + year) });
    expect(await runJobIfDue(job, never)).toBe("done");
    expect(await runJobIfDue(job, never)).toBe("not due");
    const row = (await findJobRow(job.name))!;
    expect(row).toMatchObject({ lastResult: { runs: 1 }, requestedAt: null });
    expect(row.nextRunAt!.getTime() - Date.now()).toBeLessThanOrEqual(25 * 3_600_000);
    // One that was broken off after such a run is not taken for finished.
    await noteJob(job.name, { lastFinishedAt: ahead, lastSucceededAt: ahead, requestedAt: new Date() });
    const broken = new AbortController();
    const stopped = { ...job, run: async () => (broken.abort(), {}) };
    expect(await runJobIfDue(stopped, broken.signal)).toBe("stopped");
    expect((await findJobRow(job.name))!.lastFinishedAt).toBeNull();
  });

  it("are taken from the queue though a server that died held them when the clock was ahead", async () => {
    let runs = 0;
    const job = makeJob(async () => ({ runs: (runs += 1) }));
    await database().execute(sql`
      insert into queue_entries (company_id, queue, key, run_at, lease, leased_until)
      values (0, 'jobs', ${job.name}, now(), gen_random_uuid(), now() + interval '1 year')`);
    const { handler, feeder } = jobQueue([job]);
    const queue = startQueue([handler], [feeder]);
    await until(() => runs === 1);
    await queue.stop();
    expect((await findJobRow(job.name))!.lastError).toBeNull();
  });

  it("are told when the connection that holds their lock is lost", async () => {
    const lock = (await tryJobLock("to be cut"))!;
    await database().execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'winauthmon job'`,
    );
    await until(() => lock.lost.aborted);
    expect(lock.lost.reason).toBeInstanceOf(Error);
    await lock.release();
  });

  it("may be asked for by a GlobalAdmin alone, which is audited", async () => {
    const [admin, user] = [await makeUser("GlobalAdmin"), await makeUser("Admin")];
    await expect(requestJob(await contextOf(user), { name: "retention" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(requestJob(await contextOf(admin), { name: "no-such" })).rejects.toMatchObject({
      code: "not_found",
    });
    await requestJob(await contextOf(admin), { name: "retention" });
    const [row] = await database().execute<{ actor_name: string; target_id: string }>(
      sql`select actor_name, target_id from audit_log where action = 'job.request'`,
    );
    expect(row).toEqual({ actor_name: admin.username, target_id: "retention" });
    const retention = (await readJobs()).find(({ name }) => name === "retention")!;
    expect(retention).toMatchObject({ state: "never" });
    expect(retention.nextRunAt).toBeLessThanOrEqual(Date.now());
  });
});
