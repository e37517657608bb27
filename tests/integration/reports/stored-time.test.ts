import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { erasePerson } from "@/db/queries/privacy/accounts";
import { refreshNames } from "@/db/queries/events/refresh-derived";
import { writeWithin } from "@/db/scope";
import { operatorActor } from "@/lib/services/audit/actor";
import { purgeCompany, purgeEventsBefore } from "@/lib/services/companies/purge-company";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { ianaZone } from "@/lib/domain/zones";
import { readTimeSpent } from "@/lib/services/reports/time-spent";
import { storeTime } from "@/lib/services/reports/store-time";
import { runRetention } from "@/lib/services/retention/run-retention";
import { setCompanyRetention, setSettings } from "../../support/aged-records";
import { bundleThread } from "../../support/bundled-thread";
import { provideOwnDatabase } from "../../support/own-database";
import { series } from "../../support/series";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { DAY, DAYS, expectExact, never, NOW, UNTIL, workOf } from "../../support/stored-time";

provideOwnDatabase();

const random = series(20_26);
const HOUR = 3_600_000;

const actor = operatorActor("command line");
const store = (signal = never) => storeTime(signal, NOW, false);
const expectExactly = (company: TestCompany, asks?: number) =>
  expectExact(company, random, { until: UNTIL, days: DAYS, ...(asks && { asks }) });

beforeAll(() => setSettings({ timeZone: "UTC" }));

/** A company whose people have worked for some months; last seen times are written, as a server does. */
async function workingCompany(name: string, count = 2_500): Promise<TestCompany> {
  const company = await makeCompany(name, 2);
  await storeEvents(company, workOf(random, DAYS, count, UNTIL));
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
  return company;
}

async function countRows(table: string, { companyId }: TestCompany): Promise<number> {
  const [row] = await database().execute<{ count: number }>(
    `select count(*)::int as count from ${table} where company_id = ${companyId}`,
  );
  return row!.count;
}

it("a report counts the same from events, from stored time, and from both", async () => {
  const company = await workingCompany("Stored");
  await expectExactly(company);
  expect(await store()).toMatchObject({ computers: 5 });
  expect(await countRows("time_spent_months", company)).toBeGreaterThan(10);
  await expectExactly(company, 60);
  expect(await store()).toEqual({ companies: 0, computers: 0 });
}, 60_000);

it("stored days are not read again, and one longest session serves as well as another", async () => {
  const company = await workingCompany("Closed");
  await store();
  for (const longestSessionHours of [2, 24, 16]) {
    await setSettings({ longestSessionHours });
    await expectExactly(company, 15);
  }
  const { companyId } = company;
  const spent = () =>
    database().execute(
      sql`select computer_id, month, heads, carry from time_spent_months where company_id = ${companyId}`,
    );
  const before = [...(await spent())];
  await storeEvents(company, [{ type: "Logon", user: "anna", computer: "PC-1", at: NOW - 60_000 }]);
  await storeTime(never, NOW, false);
  expect([...(await spent())]).toEqual(before);
  expect(await countRows("time_spent_late", company)).toBe(0);
  // Events that go behind the program's back are not missed by what is stored.
  const query = timeSpentQuery.parse({ group_by: "user_computer" });
  const ask = {
    query,
    range: { from: UNTIL - DAYS * DAY, to: UNTIL - 3 * DAY },
    zone: ianaZone("UTC"),
    now: NOW,
  };
  const rows = await readTimeSpent(company.scope, ask);
  await database().execute(sql`
    delete from events where company_id = ${companyId} and occurred_at < ${new Date(UNTIL - 3 * DAY).toISOString()}`);
  expect(rows.length).toBeGreaterThan(100);
  expect(await readTimeSpent(company.scope, ask)).toEqual(rows);
}, 60_000);

it("an event that arrives late counts at once, and its days are stored anew", async () => {
  const company = await workingCompany("Late");
  await store();
  for (let round = 0; round < 6; round += 1) {
    await storeEvents(company, workOf(random, DAYS, 3, UNTIL - 2 * DAY));
    expect(await countRows("time_spent_late", company)).toBeGreaterThan(0);
    await expectExactly(company, 6);
    if (round % 2 === 0) await store();
    await expectExactly(company, 6);
  }
}, 60_000);

it("days are stored as they end", async () => {
  const company = await makeCompany("Growing", 2);
  for (let back = 40; back >= 0; back -= 8) {
    const until = UNTIL - back * DAY;
    await storeEvents(company, workOf(random, 8, 250, until));
    await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
    await storeTime(never, until + 18 * 3_600_000, false);
    await expectExactly(company, 6);
  }
  expect(await countRows("time_spent_late", company)).toBe(0);
}, 60_000);

it("what retention deletes no longer counts, and what arrives from before it does", async () => {
  const company = await workingCompany("Retained");
  await store();
  await setCompanyRetention(company, { events: 40 });
  await runRetention(actor, never, NOW);
  expect(await countRows("events", company)).toBeLessThan(2_000);
  await expectExactly(company, 20);
  await storeEvents(company, workOf(random, 20, 10, UNTIL - 50 * DAY));
  await expectExactly(company, 12);
  await store();
  await expectExactly(company, 20);
  // Nothing but what came from before the floor is to go now.
  expect(await runRetention(actor, never, NOW)).toMatchObject({ events: 10 });
  await expectExactly(company, 12);
  await store();
  await expectExactly(company, 12);
  await runRetention(actor, never, NOW + DAY);
  await expectExactly(company, 12);
  await setCompanyRetention(company, {});
}, 60_000);

/** Whole work days of one person at a computer of their own. */
const wholeDays = (...daysAgo: number[]) =>
  daysAgo.flatMap((days) => [
    { type: "Logon", user: "zoe", computer: "PC-9", at: UNTIL - days * DAY + 8 * HOUR },
    { type: "Logoff", user: "zoe", computer: "PC-9", at: UNTIL - days * DAY + 16 * HOUR },
  ]);

it("a purge before an earlier moment takes from what is stored what had come again, and leaves the rest", async () => {
  const company = await workingCompany("Purged twice", 800);
  await store();
  const context = { actor: {} as never, audit: actor, scope: company.scope };
  await purgeEventsBefore(context, new Date(UNTIL - 30 * DAY));
  await storeEvents(company, wholeDays(70, 60, 50, 40));
  await store();
  const daysOfZoe = async () => {
    const rows = await readTimeSpent(company.scope, {
      query: timeSpentQuery.parse({ group_by: "user_computer" }),
      range: { from: UNTIL - DAYS * DAY, to: UNTIL },
      zone: ianaZone("UTC"),
      now: NOW,
    });
    return rows.filter((row) => row.userName === "zoe").map((row) => row.activeSeconds);
  };
  expect(await daysOfZoe()).toEqual([28_800, 28_800, 28_800, 28_800]);
  for (const [instant, left] of [
    [UNTIL - 65 * DAY, 3],
    [UNTIL - 45 * DAY, 1],
  ] as const) {
    await purgeEventsBefore(context, new Date(instant));
    expect(await daysOfZoe()).toHaveLength(left);
    await expectExactly(company, 6);
    await store();
    expect(await daysOfZoe()).toHaveLength(left);
    expect(await countRows("time_spent_late", company)).toBe(0);
  }
}, 60_000);

it("deleting notes nothing of what was stored before its floor, however its batches end", async () => {
  const company = await makeCompany("Floored");
  // More than a batch at the same instant, so that the next one begins at what was deleted already.
  const at = UNTIL - 50 * DAY;
  const crowd = Array.from({ length: 700 }, (_, place) => ({
    type: "Unlock",
    user: `person ${place}`,
    computer: `PC-${place}`,
    at,
  }));
  await storeEvents(company, [...crowd, ...wholeDays(49, 10)]);
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
  await store();
  await setCompanyRetention(company, { events: 40 });
  expect(await runRetention(actor, never, NOW)).toMatchObject({ events: 702 });
  expect(await countRows("time_spent_late", company)).toBe(0);
  await expectExactly(company, 6);
  await setCompanyRetention(company, {});
}, 60_000);

it("a purge leaves nothing behind, whole or up to a moment, and a history may come again", async () => {
  const company = await workingCompany("Purged");
  await store();
  const context = { actor: {} as never, audit: actor, scope: company.scope };
  await purgeEventsBefore(context, new Date(UNTIL - 30 * DAY));
  await expectExactly(company, 12);
  await purgeCompany(context, { confirmedName: company.name });
  for (const table of ["time_spent_months", "time_spent_late", "time_spent_progress"]) {
    expect(await countRows(table, company)).toBe(0);
  }
  await storeEvents(company, workOf(random, DAYS, 1_000, UNTIL));
  await expectExactly(company, 6);
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
  await store();
  await expectExactly(company, 20);
}, 60_000);

it("what came again after a purge stays stored, night after night", async () => {
  const company = await makeCompany("Imported again", 2);
  const context = { actor: {} as never, audit: actor, scope: company.scope };
  const work = workOf(random, DAYS, 1_500, UNTIL);
  await storeEvents(company, work);
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
  await store();
  await purgeEventsBefore(context, new Date(UNTIL - 10 * DAY));
  await storeEvents(
    company,
    work.filter(({ at }) => at < UNTIL - 10 * DAY),
  );
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
  await store();
  for (const nights of [0, 1, 2]) {
    await setCompanyRetention(company, { events: 50 - nights });
    expect((await runRetention(actor, never, NOW)).events).toBeGreaterThan(0);
    expect(await countRows("time_spent_late", company)).toBe(0);
    await expectExactly(company, 6);
    await store();
  }
  await setCompanyRetention(company, {});
}, 60_000);

it("a purge while servers store and events arrive leaves nothing stored of what it deleted", async () => {
  const company = await workingCompany("Purged meanwhile");
  const context = { actor: {} as never, audit: actor, scope: company.scope };
  for (const back of [60, 45, 30]) {
    await Promise.all([
      store(),
      purgeEventsBefore(context, new Date(UNTIL - back * DAY)),
      store(),
      storeEvents(company, workOf(random, DAYS, 30, UNTIL)),
    ]);
    await expectExactly(company, 6);
  }
  await store();
  expect(await countRows("time_spent_late", company)).toBe(0);
  await expectExactly(company, 20);
}, 90_000);

it("an erased account keeps its time under the name that tells nobody", async () => {
  const company = await workingCompany("Erased", 800);
  await store();
  const [row] = await database().execute<{ id: number }>(
    `select id from accounts where company_id = ${company.companyId} and name = 'anna'`,
  );
  expect(await writeWithin(company.scope, (tx) => erasePerson(tx, company.scope, row!.id))).toBe(true);
  await expectExactly(company, 12);
}, 60_000);

it("a run that is stopped or killed anywhere leaves what is exact, and the next goes on", async () => {
  const company = await workingCompany("Killed", 600);
  const wide = workOf(random, DAYS, 1_500, UNTIL).map((event, place) => ({
    ...event,
    computer: `PC-${place % 300}`,
  }));
  await storeEvents(company, wide);
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
  const stop = new AbortController();
  stop.abort();
  expect(await store(stop.signal)).toEqual({ companies: 0, computers: 0 });
  const program = await bundleThread("tests/support/store-time-main.ts");
  const stored = () => countRows("time_spent_months", company);
  let before = 0;
  for (let kills = 0; kills < 3; kills += 1) {
    const child = spawn(process.execPath, [program], { env: { ...process.env, LOG_LEVEL: "warn" } });
    const exited = once(child, "exit");
    while ((await stored()) === before && child.exitCode === null) await delay(2);
    child.kill("SIGKILL");
    expect(await exited, "it was killed before its end").toEqual([null, "SIGKILL"]);
    expect(await stored()).toBeGreaterThan(before);
    before = await stored();
    await expectExactly(company, 6);
  }
  await store();
  expect(await countRows("time_spent_late", company)).toBe(0);
  await expectExactly(company, 12);
  await rm(program);
}, 120_000);

it("servers that store at the same time, while events arrive, store each stretch once", async () => {
  const company = await workingCompany("Crowded");
  for (let round = 0; round < 4; round += 1) {
    await Promise.all([
      store(),
      store(),
      storeEvents(company, workOf(random, DAYS, 30, UNTIL)),
      storeEvents(company, workOf(random, DAYS, 30, UNTIL)),
    ]);
    await expectExactly(company, 6);
  }
  await store();
  expect(await countRows("time_spent_late", company)).toBe(0);
  await expectExactly(company, 20);
}, 90_000);
