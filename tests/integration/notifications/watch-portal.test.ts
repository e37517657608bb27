import { execFileSync } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import type { Job } from "@/lib/services/jobs/job";
import { runJobIfDue } from "@/lib/services/jobs/run-job";
import { countKeyActivity, flushPendingActivity } from "@/lib/services/events/activity";
import { scopesForKeys } from "@/db/scope";
import { tellMigrations } from "@/lib/services/system/tell-migrations";
import { tellExpiringKeys, tellRefusedKeys } from "@/lib/services/watch/tell-keys";
import { tellCertificate, tellLateJobs, type LateFacts } from "@/lib/services/watch/tell-portal";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, type TestCompany } from "../../support/stored-events";
import { sentencesIn, toldIn } from "../../support/told";

provideOwnDatabase();

const DAY = 86_400_000;
const now = Date.now();
let company: TestCompany;
beforeEach(async () => {
  company = await makeCompany("Portal watch");
  await setSettings({ timeZone: "UTC" });
  await database().execute(sql`delete from notifications`);
});

const kinds = async (companyId = 0) => (await toldIn(companyId)).map(({ kind }) => kind);
const expire = (inDays: number, madeDaysAgo = 100) =>
  database().execute(sql`
    update app_auth_api_keys set expires_at = now() + make_interval(secs => ${inDays * 86_400}),
      created_at = now() - make_interval(days => ${madeDaysAgo}) where company_id = ${company.companyId}`);

describe("a key", () => {
  it("about to expire is told 14, 3 and 1 days before, each once", async () => {
    await expire(20);
    const end = now + 20 * DAY;
    for (const left of [15, 13.5, 10, 2.9, 2.5, 0.9, 0.5, -1]) await tellExpiringKeys(end - left * DAY);
    expect((await toldIn(company.companyId)).map(({ params }) => params.days)).toEqual([14, 3, 1]);
  });

  it("made with less time left is told only later", async () => {
    await expire(7, 0);
    await tellExpiringKeys(now + 1000);
    expect(await kinds(company.companyId)).toEqual([]);
  });

  it("refused often is told once a day with the reason, and a refusal is no use of it", async () => {
    const [row] = await database().execute<{ key_digest: Buffer }>(
      sql`select key_digest from app_auth_api_keys where company_id = ${company.companyId}`,
    );
    const access = (await scopesForKeys([row!.key_digest]))[0]!;
    await database().execute(
      sql`update app_auth_api_keys set is_active = false where company_id = ${company.companyId}`,
    );
    for (let n = 0; n < 99; n += 1) countKeyActivity(access, { refused: 1 });
    await flushPendingActivity();
    await tellRefusedKeys(Date.now());
    expect(await kinds(company.companyId)).toEqual([]);
    countKeyActivity(access, { refused: 1 });
    await flushPendingActivity();
    await tellRefusedKeys(Date.now());
    await tellRefusedKeys(Date.now());
    expect(await sentencesIn(company.companyId)).toEqual([
      ["key.refused", "API key “HO” of site HO was refused 100 times today: it is disabled."],
    ]);
    const [key] = await database().execute(
      sql`select last_used from app_auth_api_keys where company_id = ${company.companyId}`,
    );
    expect(key).toEqual({ last_used: null });
  });
});

describe("a job", () => {
  const jobOf = (run: Job["run"], more: Partial<Job> = {}): Job => ({
    name: "probe",
    title: { key: "jobs.backup" },
    purpose: { key: "jobs.backupNote" },
    lane: "probe",
    schedule: () => ({ kind: "every", minutes: 60 }),
    run,
    ...more,
  });
  const run = async (job: Job) => {
    await database().execute(sql`update jobs set requested_at = now() where name = 'probe'`);
    return runJobIfDue(job, new AbortController().signal);
  };
  const fails = async () => {
    throw new Error("The disk is full.");
  };
  beforeEach(() => database().execute(sql`delete from jobs where name = 'probe'`));

  it("that fails is told once until it succeeds, in the words of its error", async () => {
    await run(jobOf(fails));
    await run(jobOf(fails));
    expect(await sentencesIn(0)).toEqual([["job.failed", "Job Backup failed: The disk is full."]]);
    await run(jobOf(async () => ({})));
    expect((await toldIn(0))[0]!.ended_at).not.toBeNull();
    await run(jobOf(fails));
    expect(await kinds()).toEqual(["job.failed", "job.failed"]);
  });

  it("that runs every few minutes is not told for one failure", async () => {
    await run(jobOf(fails, { isFrequent: true }));
    expect(await kinds()).toEqual([]);
  });

  const facts: LateFacts = {
    name: "probe",
    title: { key: "jobs.backup" },
    state: "done",
    nextRunAt: now - 3 * 3_600_000,
    lastSucceededAt: now - DAY,
    isFrequent: false,
  };

  it("that did not run is told once until it has run", async () => {
    expect(await tellLateJobs([facts], now)).toBe(1);
    expect(await tellLateJobs([facts], now)).toBe(1);
    expect(await kinds()).toEqual(["job.late"]);
    await tellLateJobs([{ ...facts, nextRunAt: now + DAY }], now);
    expect((await toldIn(0))[0]!.ended_at).not.toBeNull();
  });

  it.each<[string, Partial<LateFacts>, number]>([
    ["is switched off", { nextRunAt: null }, 0],
    ["is due since an hour", { nextRunAt: now - 3_600_000 }, 0],
    ["is running", { state: "running" }, 0],
    [
      "fails every minute for an hour",
      { isFrequent: true, nextRunAt: now, lastSucceededAt: now - 3_600_000 },
      1,
    ],
  ])("that %s counts as late: %o, %i", async (_, change, count) => {
    expect(await tellLateJobs([{ ...facts, ...change }], now)).toBe(count);
  });
});

describe("the server", () => {
  it("tells 14, 3 and 1 days before that its certificate expires, each once", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-certificate-"));
    const file = path.join(folder, "cert.pem");
    const request = [
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "30",
      "-subj",
      "/CN=portal.example.com",
    ];
    execFileSync("openssl", ["req", ...request, "-keyout", path.join(folder, "key.pem"), "-out", file], {
      stdio: "ignore",
    });
    for (const day of [0, 17, 18, 27.5, 29.5, 31]) await tellCertificate(file, now + day * DAY);
    expect((await toldIn(0)).map(({ params }) => params.days)).toEqual([14, 3, 1]);
    expect((await sentencesIn(0))[0]![1]).toContain(
      "certificate for portal.example.com expires within 14 days",
    );
  });

  it("tells of a new version's migrations once, even when the start that made them was broken off", async () => {
    await tellMigrations({ isFirstStart: true });
    expect(await kinds()).toEqual([]);
    await database().execute(
      sql`update app_auth_settings set told_migration_count = told_migration_count - 2`,
    );
    await tellMigrations({ isFirstStart: false });
    await tellMigrations({ isFirstStart: false });
    expect((await sentencesIn(0))[0]![1]).toMatch(/updated the database in 2 steps/);
    expect(await kinds()).toEqual(["system.updated"]);
  });
});
