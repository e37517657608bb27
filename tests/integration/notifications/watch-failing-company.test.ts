import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { insertSite } from "@/db/queries/companies/insert-site";
import { markSiteDeleted } from "@/db/queries/companies/sites";
import { noteJob, findJobRow } from "@/db/queries/global/jobs";
import { writeWithin } from "@/db/scope";
import { operatorActor } from "@/lib/services/audit/actor";
import { watchAgentsJob } from "@/lib/services/detections/watch-agents-job";
import { runJobIfDue } from "@/lib/services/jobs/run-job";
import type { Job } from "@/lib/services/jobs/job";
import { notify } from "@/lib/services/notifications/notify";
import { runRetention } from "@/lib/services/retention/run-retention";
import { watchFleetJob } from "@/lib/services/watch/watch-fleet-job";
import { watchLogonsJob } from "@/lib/services/watch/watch-logons-job";
import { watchPortalJob } from "@/lib/services/watch/watch-portal-job";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";
import { storeComputers } from "../../support/known-computers";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { toldIn } from "../../support/told";

provideOwnDatabase();

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

let before: TestCompany;
let failing: TestCompany;
let behind: TestCompany;

const companies = () => [before, failing, behind];
const kinds = async ({ companyId }: TestCompany) => (await toldIn(companyId)).map(({ kind }) => kind);
const toldKinds = async () => [await kinds(before), await kinds(failing), await kinds(behind)];
/** What is told of sites and lasts. */
async function silentSites(): Promise<string[][]> {
  const told = await Promise.all(companies().map(({ companyId }) => toldIn(companyId)));
  return told.map((rows) =>
    rows
      .filter(({ kind, ended_at }) => kind === "site.silent" && ended_at === null)
      .map(({ params }) => (params.site as { name: string }).name),
  );
}

beforeEach(async () => {
  await setSettings({ timeZone: "UTC" });
  await database().execute(sql`drop trigger if exists refuse on notifications`);
  before = await makeCompany("Before");
  failing = await makeCompany("Failing");
  behind = await makeCompany("Behind");
  // Whatever is told to this company fails, as a damaged row of it would.
  await database().execute(sql`
    create or replace function refuse() returns trigger language plpgsql as
      $$begin raise exception 'This company can''t be told.'; end$$`);
  await refuse("insert");
});

async function refuse(what: "insert" | "insert or update") {
  await database().execute(
    sql.raw(`
    create or replace trigger refuse before ${what} on notifications for each row
      when (new.company_id = ${failing.companyId}) execute function refuse()`),
  );
}

/** As if the fleet had been watched for nine days. */
async function watchedSince(now: number) {
  const kept = { lookedAt: now - MINUTE, firstAt: now - 9 * DAY, watchingSince: now - 9 * DAY };
  await noteJob("watch-fleet", { lastResult: { kept } });
  return kept;
}

async function run(job: Job) {
  await database().execute(sql`update jobs set requested_at = now() where name = ${job.name}`);
  const outcome = await runJobIfDue(job, new AbortController().signal);
  const row = (await findJobRow(job.name))!;
  const result = row.lastResult as { kept?: { lookedAt?: number } } | null;
  return { outcome, lastError: row.lastError, result, kept: result?.kept };
}

const failed = {
  outcome: "failed",
  lastError: expect.stringMatching(/^It failed for 1 of the companies: This company can't be told\./),
};

describe("a company whose transactions fail", () => {
  it("keeps no other's lockouts waiting, and has its own told once that ends", async () => {
    await noteJob("watch-logons", { lastResult: { kept: { lookedUntil: Date.now() - MINUTE } } });
    for (const company of companies()) {
      const at = Date.now() - MINUTE;
      await storeEvents(company, [{ type: "lockout", user: "anna", computer: "DC-1", at }]);
    }
    expect(await run(watchLogonsJob)).toMatchObject(failed);
    expect(await toldKinds()).toEqual([["account.locked-out"], [], ["account.locked-out"]]);
    await database().execute(sql`drop trigger refuse on notifications`);
    expect(await run(watchLogonsJob)).toMatchObject({ outcome: "done", lastError: null });
    expect(await toldKinds()).toEqual(Array.from({ length: 3 }, () => ["account.locked-out"]));
  });

  it("keeps no other's computers waiting, at any of the looks, and the watch goes on from there", async () => {
    const now = Date.now();
    const kept = await watchedSince(now);
    for (const company of companies()) {
      await storeComputers(company, [
        { name: "PC-SILENT", lastAt: now - 2 * DAY },
        { name: "PC-LATE", lastAt: now, clockSkewMs: -60 * MINUTE },
        { name: "PC-FULL", lastAt: now, droppedFailures: 7 },
      ]);
    }
    const looked = await run(watchFleetJob);
    expect(looked).toMatchObject({
      ...failed,
      kept: { firstAt: kept.firstAt, watchingSince: kept.watchingSince },
    });
    expect(looked.kept?.lookedAt).toBeGreaterThanOrEqual(now);
    const all = ["agent.clock-wrong", "agent.lost-events", "computer.silent"];
    expect((await toldKinds()).map((told) => told.toSorted())).toEqual([all, [], all]);
    await database().execute(sql`drop trigger refuse on notifications`);
    expect(await run(watchFleetJob)).toMatchObject({ outcome: "done", lastError: null });
    expect((await toldKinds()).map((told) => told.toSorted())).toEqual([all, all, all]);
  });

  it("keeps no other's sites waiting, silent or deleted", async () => {
    const now = Date.now();
    await watchedSince(now);
    await database().execute(sql`drop trigger refuse on notifications`);
    for (const company of companies()) {
      await database().execute(sql`
        update app_auth_api_keys set last_agent_at = now() - interval '25 hours' where company_id = ${company.companyId}`);
      await writeWithin(company.scope, async (tx) => {
        const id = await insertSite(tx, company.scope, "Closed");
        const params = { site: { id, name: "Closed" }, lastSeenAt: new Date(now - 2 * DAY).toISOString() };
        await notify(tx, company.scope, "site.silent", params);
        await markSiteDeleted(tx, company.scope, id);
      });
    }
    await refuse("insert or update");
    expect(await run(watchFleetJob)).toMatchObject(failed);
    expect(await silentSites()).toEqual([["HO"], ["Closed"], ["HO"]]);
    await database().execute(sql`drop trigger refuse on notifications`);
    expect(await run(watchFleetJob)).toMatchObject({ outcome: "done", lastError: null });
    expect(await silentSites()).toEqual([["HO"], ["HO"], ["HO"]]);
  });

  it("keeps no other's keys waiting, nor the rest of what is looked after", async () => {
    await database().execute(sql`update app_auth_api_keys set expires_at = now() + interval '60 hours',
        created_at = now() - interval '90 days'
      where company_id in (${before.companyId}, ${failing.companyId}, ${behind.companyId})`);
    await noteJob("watch-portal", { lastResult: {} });
    const looked = await run(watchPortalJob(() => Promise.resolve([])));
    expect(looked).toMatchObject({ ...failed, result: { expiringKeys: 0, refusedKeys: 0, lateJobs: 0 } });
    expect(await toldKinds()).toEqual([["key.expiring"], [], ["key.expiring"]]);
  });

  it("keeps no other's agents waiting", async () => {
    await database().execute(
      sql.raw(`create trigger refuse before insert on alerts for each row
        when (new.company_id = ${failing.companyId}) execute function refuse()`),
    );
    const now = Date.now();
    for (const company of companies()) {
      await storeComputers(company, [{ name: "PC-LATE", lastAt: now, clockSkewMs: -60 * MINUTE }]);
    }
    const alerts = async () => {
      const rows = await database().execute<{ id: number }>(sql`select company_id as id from alerts`);
      return companies().map(({ companyId }) => rows.filter(({ id }) => id === companyId).length);
    };
    expect(await run(watchAgentsJob)).toMatchObject(failed);
    expect(await alerts()).toEqual([1, 0, 1]);
    await database().execute(sql`drop trigger refuse on alerts`);
    expect(await run(watchAgentsJob)).toMatchObject({ outcome: "done", lastError: null });
    expect(await alerts()).toEqual([1, 1, 1]);
  });

  it("keeps no other's retention waiting, nor the portal's own", async () => {
    await database().execute(
      sql.raw(`create trigger refuse before insert on audit_log for each row
        when (new.company_id = ${failing.companyId} and new.action like 'retention%') execute function refuse()`),
    );
    await setSettings({ timeZone: "UTC", eventRetentionDays: 30 });
    for (const company of companies()) {
      await storeEvents(company, [
        { type: "Logon", user: "anna", computer: "PC-1", at: Date.now() - 60 * DAY },
      ]);
    }
    const never = new AbortController().signal;
    await expect(runRetention(operatorActor("scheduled job"), never)).rejects.toMatchObject({
      result: { companies: 2, events: 2 },
    });
    await database().execute(sql`drop trigger refuse on audit_log`);
    expect(await runRetention(operatorActor("scheduled job"), never)).toMatchObject({ events: 1 });
  });
});
