import { sql } from "drizzle-orm";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { connectionPool, database } from "@/db/client";
import { refreshNames } from "@/db/queries/events/refresh-derived";
import { forgetStored } from "@/db/queries/time-spent/write-stored";
import { writeWithin } from "@/db/scope";
import { monthOf } from "@/lib/domain/time-spent/stored-days";
import { storeTime } from "@/lib/services/reports/store-time";
import { setSettings } from "../../support/aged-records";
import { isOnCitusRun } from "../../support/citus";
import { provideOwnDatabase } from "../../support/own-database";
import { series } from "../../support/series";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { DAY, DAYS, expectExact, never, NOW, UNTIL, workOf } from "../../support/stored-time";

provideOwnDatabase();

const random = series(20_27);

const store = (signal = never, clock = NOW) => storeTime(signal, clock, false);

beforeAll(() => setSettings({ timeZone: "UTC" }));
afterEach(() => {
  vi.useRealTimers();
});

async function send(company: TestCompany, events: Parameters<typeof storeEvents>[1]): Promise<void> {
  await storeEvents(company, events);
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
}

/** A company that has worked for some months and until two minutes ago. */
async function workingCompany(name: string): Promise<TestCompany> {
  const company = await makeCompany(name, 2);
  await send(company, [...workOf(random, DAYS, 600, UNTIL), ...workUntil(NOW - 120_000)]);
  return company;
}

async function countRows(table: string, { companyId }: TestCompany): Promise<number> {
  const [row] = await database().execute<{ count: number }>(
    `select count(*)::int as count from ${table} where company_id = ${companyId}`,
  );
  return row!.count;
}

/** Work on each computer up to the instant, which is no longer ago than what counts as late. */
const workUntil = (at: number) =>
  ["PC-1", "PC-2", "PC-3", "PC-4", "RDS"].flatMap((computer) => [
    { type: "Logon", user: "anna", computer, at: at - 30_000 },
    { type: "Logoff", user: "anna", computer, at },
  ]);

/** How many computers have time stored beyond what may be believed now: that of two months, on the first day of one. */
async function countUnbelievable({ companyId }: TestCompany): Promise<number> {
  const [row] = await database().execute<{ count: number }>(sql`
    select count(distinct computer_id)::int as count from time_spent_months
    where company_id = ${companyId} and through_at > ${new Date(NOW - DAY / 2).toISOString()}`);
  return row!.count;
}

/** Ranges up to and with today. */
const expectExactToday = (company: TestCompany) =>
  expectExact(company, random, { until: UNTIL + DAY, days: DAYS + 1, asks: 20 });

it("a run that was broken off while the clock was ahead is made good as well", async () => {
  const company = await makeCompany("Ahead and killed", 1);
  const computers = Array.from({ length: 30 }, (_, place) => `PC-${place}`);
  const logons = (at: number) => computers.map((computer) => ({ type: "Logon", user: "anna", computer, at }));
  await send(company, logons(UNTIL - 3 * DAY));
  await store();
  await send(company, logons(NOW - 120_000));
  let looks = 0;
  // The third look is the one after the first batch.
  const afterFirst = {
    get aborted() {
      looks += 1;
      return looks > 2;
    },
  } as AbortSignal;
  await store(afterFirst, NOW + 2 * DAY);
  expect(await countUnbelievable(company)).toBe(20);
  await store();
  expect(await countUnbelievable(company)).toBe(0);
  await expectExactToday(company);
}, 60_000);

it.each([
  ["two days", 2 * DAY],
  ["a year", 365 * DAY],
])(
  "what a clock stored that was ahead by %s hides no event, and is made anew",
  async (_, ahead) => {
    const company = await workingCompany("Ahead");
    await store(never, NOW + ahead);
    expect(await countUnbelievable(company)).toBe(5);
    await storeEvents(company, workUntil(NOW - 60_000));
    expect(await countRows("time_spent_late", company)).toBe(0);
    await expectExactToday(company);
    await store();
    expect(await countUnbelievable(company)).toBe(0);
    expect(await countRows("time_spent_months", company)).toBeGreaterThan(5);
    await expectExactToday(company);
    expect(await store()).toEqual({ companies: 0, computers: 0 });
  },
  60_000,
);

it("a server whose own clock is ahead stores nothing too early", async () => {
  const company = await workingCompany("One ahead");
  vi.useFakeTimers({ toFake: ["Date"], now: NOW + 365 * DAY });
  expect(await storeTime(never, undefined, false)).toMatchObject({ companies: 1, computers: 5 });
  vi.useRealTimers();
  expect(await countUnbelievable(company)).toBe(0);
  await storeEvents(company, workUntil(NOW - 60_000));
  await expectExactToday(company);
}, 60_000);

/** Until so many statements wait for locks, on whichever node of a cluster. */
async function untilWaiting(count: number): Promise<void> {
  const waiting = isOnCitusRun
    ? "select from citus_lock_waits"
    : "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  await expect.poll(async () => (await connectionPool().unsafe(waiting)).length).toBe(count);
}

it("what is forgotten while a run is at other computers is stored by the next", async () => {
  const company = await makeCompany("Forgotten meanwhile");
  const { companyId, scope } = company;
  const work = Array.from({ length: 25 }, (_, n) => [
    { type: "Logon", user: "anna", computer: `PC-${n}`, at: UNTIL - 5 * DAY },
    { type: "Logoff", user: "anna", computer: `PC-${n}`, at: UNTIL - 5 * DAY + 60_000 },
  ]);
  await send(company, work.flat());
  await store();
  expect(await countRows("time_spent_months", company)).toBe(25);
  await database().execute(
    sql`update time_spent_progress set floor_at = now() where company_id = ${companyId}`,
  );
  await writeWithin(scope, (tx) => forgetStored(tx, scope));
  await database().execute(
    sql`update time_spent_progress set floor_at = now() where company_id = ${companyId}`,
  );

  const holder = await connectionPool().reserve();
  // The second batch of computers waits for this row, and forgetting waits for the batch.
  await holder.unsafe(`begin; insert into time_spent_months (company_id, computer_id, month, through_at, heads, details, carry)
    select ${companyId}, max(id), '${new Date(monthOf(UNTIL - 5 * DAY)).toISOString()}', now(), '', '', '' from computers
    where company_id = ${companyId}`);
  const storing = store();
  await untilWaiting(1);
  const forgetting = writeWithin(scope, (tx) => forgetStored(tx, scope));
  await untilWaiting(2);
  await holder.unsafe("rollback");
  holder.release();
  await Promise.all([storing, forgetting]);
  expect(await countRows("time_spent_months", company)).toBe(0);
  await store();
  expect(await countRows("time_spent_months", company)).toBe(25);
  expect(await store()).toEqual({ companies: 0, computers: 0 });
});
