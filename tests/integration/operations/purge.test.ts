import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { connectionPool, database } from "@/db/client";
import { listIntegrityProblems } from "@/db/backup/integrity";
import { refreshPresence } from "@/db/queries/events/refresh-derived";
import { writeWithin } from "@/db/scope";
import { purgeCompany, purgeEventsBefore } from "@/lib/services/companies/purge-company";
import { flushPendingActivity, markComputerSeen } from "@/lib/services/events/activity";
import { recountCompany } from "@/lib/services/companies/recount-company";
import { deleteCompanyHistory } from "@/lib/services/retention/delete-company-history";
import { operatorContext } from "@/lib/services/context";
import { provideAdmin } from "../../support/admin-program";
import { isLeftOut } from "../../support/citus";
import { seenComputer } from "../../support/known-computers";
import { provideOwnDatabase } from "../../support/own-database";
import {
  makeCompany,
  storeDay,
  storeEvents,
  type SentEvent,
  type TestCompany,
} from "../../support/stored-events";
import { wrongCounts } from "../../support/wrong-counts";

provideOwnDatabase();

const DAY = 86_400_000;
const NOW = Date.now();
/** Midnight, so that the counts' quarters of an hour begin there. */
const OLD = Math.floor(NOW / DAY) * DAY - 40 * DAY;
/** More than a purge deletes in one transaction. */
const EVENTS = 6_000;
const admin = provideAdmin();

const contextOf = ({ scope }: TestCompany) => ({ ...operatorContext("command line"), scope });

async function countOf(
  company: TestCompany,
  what: "count(*)" | "sum(count)",
  table: string,
): Promise<number> {
  const [row] = await database().execute<{ count: number }>(
    `select coalesce(${what}, 0)::int as count from ${table} where company_id = ${company.companyId}`,
  );
  return row!.count;
}

async function actionsOf({ companyId }: TestCompany): Promise<string[]> {
  const rows = await database().execute<{ action: string }>(sql`
    select action from audit_log where company_id = ${companyId} and action like 'company.purge%' order by seq`);
  return rows.map(({ action }) => action);
}

/** Breaks off what deletes so many of the company's events in one go, as a lost connection does; gives how to end that. */
async function breakSecondBatch({ companyId }: TestCompany): Promise<() => Promise<unknown>> {
  await database().execute(`
    create function break_off() returns trigger language plpgsql as $$ begin
      if (select count(*) from gone_rows where company_id = ${companyId}) between 1 and 4999 then
        raise exception 'broken off';
      end if;
      return null;
    end $$`);
  await database().execute(`create trigger break_off after delete on events
    referencing old table as gone_rows for each statement execute function break_off()`);
  return () => database().execute("drop function break_off cascade");
}

async function filledCompany(name: string, events = EVENTS): Promise<TestCompany> {
  const company = await makeCompany(name);
  await storeDay(company, OLD, 0, events);
  return company;
}

/** Sends the company's events one after another while the work goes on. */
async function whileStoring(
  company: TestCompany,
  eventOf: (n: number) => SentEvent,
  work: () => Promise<void>,
) {
  let isOver = false;
  const storing = (async () => {
    for (let n = 0; !isOver; n += 1) await storeEvents(company, [eventOf(n)]);
  })();
  await work().finally(() => (isOver = true));
  await storing;
}

it.skipIf(isLeftOut("a trigger breaks the purge off")).each([
  [
    "a whole company",
    (company: TestCompany) => purgeCompany(contextOf(company), { confirmedName: company.name }),
  ],
  [
    "a company's old events",
    (company: TestCompany) => purgeEventsBefore(contextOf(company), new Date(NOW - 10 * DAY)),
  ],
])("a purge of %s that is broken off leaves true counts and word of its beginning", async (_, purge) => {
  const company = await filledCompany("Broken off");
  const mend = await breakSecondBatch(company);
  await expect(purge(company)).rejects.toMatchObject({ cause: { message: "broken off" } });
  await mend();
  expect(await countOf(company, "count(*)", "events")).toBe(1_000);
  expect(await countOf(company, "sum(count)", "event_counts")).toBe(1_000);
  expect(await listIntegrityProblems(connectionPool())).toEqual([]);
  expect(await actionsOf(company)).toEqual(["company.purge-begin"]);

  expect(await purge(company)).toEqual({ events: 1_000 });
  expect(await countOf(company, "count(*)", "event_counts")).toBe(0);
  expect(await actionsOf(company)).toEqual(["company.purge-begin", "company.purge-begin", "company.purge"]);
});

it("a purge of old events takes no count from old events that arrive meanwhile", async () => {
  const company = await filledCompany("Arriving");
  const late = (n: number) => ({
    type: "Unlock",
    user: "late",
    computer: "PC-9",
    at: OLD + 10 * DAY + n * 1_000,
  });
  await whileStoring(company, late, async () => {
    await purgeEventsBefore(contextOf(company), new Date(NOW - 10 * DAY));
  });
  expect(await wrongCounts(company)).toBe(0);
  const presence = () =>
    database().execute(sql`
    select * from presence where company_id = ${company.companyId} order by computer_id, account_id`);
  const kept = [...(await presence())];
  await database().execute(sql`delete from presence where company_id = ${company.companyId}`);
  await writeWithin(company.scope, (tx) => refreshPresence(tx, company.scope));
  expect(kept).toEqual([...(await presence())]);
});

it("a purge of old events corrects counts that an earlier release has left of them", async () => {
  const company = await filledCompany("Left", 500);
  await database().execute(sql`delete from events where company_id = ${company.companyId}`);
  expect(await purgeEventsBefore(contextOf(company), new Date(NOW - 10 * DAY))).toEqual({ events: 0 });
  expect(await wrongCounts(company)).toBe(0);
});

it("a recount corrects counts that are missing, wrong, or of nothing, while events arrive", async () => {
  const company = await filledCompany("Recounted", 1_000);
  const { companyId, siteIds } = company;
  const at = (hours: number) => new Date(OLD + hours * 3_600_000).toISOString();
  const busy = (n: number) => ({
    type: n % 2 ? "Logon" : "Lock",
    user: "busy",
    computer: "PC-9",
    at: OLD + n * 60_000,
  });
  await whileStoring(company, busy, async () => {
    for (let round = 0; round < 10; round += 1) {
      await database().execute(sql`
        delete from event_counts where company_id = ${companyId} and bucket_at < ${at(1)}`);
      await database().execute(sql`
        update event_counts set count = count + 3
        where company_id = ${companyId} and bucket_at between ${at(1)} and ${at(3)}`);
      await database().execute(sql`
        insert into event_counts (company_id, bucket_at, site_id, kind, count)
        values (${companyId}, ${at(-50)}, ${siteIds[0]}, 1, 7)`);
      expect(await recountCompany(contextOf(company))).toBeGreaterThan(10);
    }
  });
  expect(await wrongCounts(company)).toBe(0);
  expect(await recountCompany(contextOf(company))).toBe(0);
});

it("the command line recounts one company or all, and the audit trail of each says so", async () => {
  const [one, other] = [await makeCompany("One"), await makeCompany("Other")];
  for (const company of [one, other]) await storeDay(company, OLD, 0, 20);
  await database().execute(
    sql`update event_counts set count = count + 1 where company_id >= ${one.companyId}`,
  );
  const first = await admin("recount", "--company", one.name);
  expect(first).toMatchObject({ code: 0, text: expect.stringContaining("Companies checked: 1.") });
  expect([await wrongCounts(one), await wrongCounts(other)].map((wrong) => wrong > 0)).toEqual([false, true]);
  expect(await admin("recount")).toMatchObject({
    code: 0,
    text: expect.stringContaining("Counts corrected: "),
  });
  expect(await wrongCounts(other)).toBe(0);
  const rows = await database().execute<{ company_id: number; actor_name: string }>(sql`
    select company_id, actor_name from audit_log where action = 'company.recount' and company_id >= ${one.companyId}
    order by seq`);
  expect(rows.map((row) => ({ ...row }))).toEqual(
    [one, other].map(({ companyId }) => ({ company_id: companyId, actor_name: "command line" })),
  );
});

it("the command line deletes events of any time if they are to be older than no days", async () => {
  const company = await makeCompany("Of no days");
  const from = Date.now() - 60_000;
  const ahead = 14 * 3_600_000;
  await storeEvents(company, [
    { type: "Logon", user: "anna", computer: "PC-1", at: from },
    { type: "Logon", user: "anna", computer: "PC-1", at: from + ahead, ahead },
  ]);
  const run = await admin("purge", "--company", company.name, "--older-than-days", "0", "--yes");
  expect(run).toEqual({ code: 0, text: `Deleted 2 events of ${company.name}.\n` });
  for (const table of ["event_counts", "presence", "accounts", "computers"])
    expect([table, await countOf(company, "count(*)", table)]).toEqual([table, 0]);
  const keys = await database().execute<{ is_active: boolean }>(sql`
    select is_active from app_auth_api_keys where company_id = ${company.companyId}`);
  expect([...keys]).toEqual([{ is_active: true }]);
});

it("leaves no computer that was still to be written when it ran", async () => {
  const company = await makeCompany("Pending");
  await storeEvents(company, [{ type: "Logon", user: "anna", computer: "PC-ANNA", at: NOW }]);
  markComputerSeen(seenComputer(company, { name: "PC-ANNA", lastAt: NOW, healthAt: null }));
  await purgeCompany(contextOf(company), { confirmedName: company.name });
  await flushPendingActivity();
  expect(await countOf(company, "count(*)", "computers")).toBe(0);
});

it("waits for a batch of rules that is under way, and deletes what it has remembered", async () => {
  const company = await filledCompany("Checked", 10);
  const { companyId } = company;
  await database().execute(sql`
    insert into detection_cursors (company_id, through_id, target_id) values (${companyId}, 0, 0)`);
  let purging: Promise<unknown> | undefined;
  await connectionPool().begin(async (tx) => {
    await tx`select from detection_cursors where company_id = ${companyId} for update`;
    purging = purgeCompany(contextOf(company), { confirmedName: company.name });
    await expect.poll(() => countOf(company, "count(*)", "events")).toBe(0);
    await tx`insert into detection_states (company_id, rule, subject_key, memory) values (${companyId}, 'habits', 'company', '{}')`;
  });
  await purging;
  expect(await countOf(company, "count(*)", "detection_states")).toBe(0);
});

it.each(["purge", "retention"])("leaves no exception of an account that it has deleted (%s)", async (way) => {
  const company = await filledCompany(`Excepted by ${way}`, 10);
  const { companyId, scope, siteIds } = company;
  await database().execute(sql`
    insert into detection_exceptions (company_id, rule, account_id, reason)
    select company_id, 'password-guessing', id, 'anna types badly' from accounts where company_id = ${companyId}`);
  await database().execute(sql`
    insert into detection_exceptions (company_id, rule, site_id, reason)
    values (${companyId}, 'quiet-site', ${siteIds[0]!}, 'a depot')`);
  if (way === "purge") await purgeCompany(contextOf(company), { confirmedName: company.name });
  else await deleteCompanyHistory(scope, new Date(NOW), new AbortController().signal);
  expect(await countOf(company, "count(*)", "accounts")).toBe(0);
  expect(await countOf(company, "count(*)", "detection_exceptions")).toBe(1);
});
