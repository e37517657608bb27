import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { countByCompany } from "@/db/queries/overview/company-counts";
import { readWithin } from "@/db/scope";
import { companiesQuery } from "@/lib/domain/reports/companies";
import { resolveReportRange } from "@/lib/domain/reports/report-range";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { totalOf } from "@/lib/domain/reports/time-spent-totals";
import { ianaZone } from "@/lib/domain/zones";
import { companyHours } from "@/lib/services/overview/company-hours";
import { readOverviewScreen } from "@/lib/services/overview/read-overview-screen";
import { readCompaniesOverview } from "@/lib/services/reports/companies";
import { runReport } from "@/lib/services/reports/report-queue";
import { readTimeSpent } from "@/lib/services/reports/time-spent";
import { makeCompany, scopeOver, storeEvents, type TestCompany } from "../../support/stored-events";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = ianaZone("Europe/London");
/** A Wednesday at noon. */
const NOW = Date.UTC(2026, 1, 11, 12);

let busy: TestCompany;
let quiet: TestCompany;
let foreign: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  busy = await makeCompany("Busy", 2);
  quiet = await makeCompany("Quiet");
  foreign = await makeCompany("Foreign");
  const day = (at: number, user: string, hours: number) => [
    { type: "Logon", user, computer: `PC-${user}`, at },
    { type: "Logoff", user, computer: `PC-${user}`, at: at + hours * HOUR },
  ];
  await storeEvents(busy, [
    // This week, of which half a Wednesday has passed.
    ...day(NOW - 2 * DAY - 3 * HOUR, "anna", 8),
    ...day(NOW - DAY - 3 * HOUR, "anna", 7.5),
    ...day(NOW - DAY - 3 * HOUR, "ben", 4),
    { type: "4625", user: "eve", computer: "PC-anna", at: NOW - HOUR },
    { type: "Lockout", user: "eve", computer: "PC-anna", at: NOW - 50 * MINUTE, site: 1 },
    // The week before.
    ...day(NOW - 8 * DAY - 3 * HOUR, "anna", 8),
    { type: "4625", user: "anna", computer: "PC-anna", at: NOW - 8 * DAY },
    // Later on the day that the running one is compared with.
    ...day(NOW - 7 * DAY + 2 * HOUR, "carla", 3),
  ]);
  await storeEvents(foreign, [...day(NOW - 2 * DAY, "eve", 8), ...day(NOW - 9 * DAY, "eve", 8)]);
});

afterAll(() => closeDatabase());

function askOf(params: Record<string, string> = {}) {
  const query = companiesQuery.parse(params);
  return { query, range: resolveReportRange(query, NOW, ZONE)!, zone: ZONE, now: NOW };
}

describe("the overview of companies", () => {
  test("tells each company's accounts, hours, events and failures beside those of as much time before", async () => {
    const rows = await readCompaniesOverview(scopeOver([quiet, busy]), askOf());
    expect(rows).toMatchObject([
      {
        companyName: busy.name,
        activeAccounts: { current: 2, previous: 1 },
        activeSeconds: { current: 19.5 * 3600, previous: 8 * 3600 },
        events: { current: 8, previous: 3 },
        failures: { current: 2, previous: 1 },
        days: [0, 0, 0, 0, 2, 4, 2],
        sites: 2,
        silentSites: 0,
      },
      {
        companyName: quiet.name,
        activeAccounts: { current: 0, previous: 0 },
        activeSeconds: { current: 0, previous: 0 },
        events: { current: 0, previous: 0 },
        sites: 1,
        silentSites: 0,
      },
    ]);
  });

  test("holds the companies of the scope, and the sums of Time Spent, and nothing of another", async () => {
    const ask = askOf({ range: "last-month" });
    const [january] = await readCompaniesOverview(busy.scope, ask);
    expect(january).toMatchObject({ companyId: busy.companyId, activeSeconds: { current: 0 } });
    const week = askOf({ from: "2026-02-01", to: "2026-02-10" });
    for (const company of [busy, foreign]) {
      const [row, ...others] = await readCompaniesOverview(company.scope, week);
      expect(others).toEqual([]);
      const spent = await readTimeSpent(company.scope, { ...week, query: timeSpentQuery.parse({}) });
      expect(row!.activeSeconds.current).toBe(
        spent.reduce((sum, { activeSeconds }) => sum + activeSeconds, 0),
      );
      expect(row!.activeSeconds.current).toBeGreaterThan(0);
    }
  });

  test("rounds hours once, as the total of Time Spent does, and those of all companies once too", async () => {
    const companies = await Promise.all(["Split", "Cut"].map((name) => makeCompany(name)));
    for (const company of companies) {
      // On each of three days, two accounts are active for 1.4 seconds: 8.4 seconds, of which rows show 6.
      const visits = [1, 2, 3].flatMap((days) =>
        ["anna", "ben"].flatMap((user) => [
          { type: "Logon", user, computer: `PC-${user}`, at: NOW - days * DAY },
          { type: "Logoff", user, computer: `PC-${user}`, at: NOW - days * DAY + 1_400 },
        ]),
      );
      await storeEvents(company, visits);
    }
    const scope = scopeOver(companies);
    const spent = await readTimeSpent(scope, { ...askOf(), query: timeSpentQuery.parse({}) });
    expect(spent.reduce((sum, { activeSeconds }) => sum + activeSeconds, 0)).toBe(12);
    expect(totalOf(spent).activeSeconds).toBe(17);
    for (const sort of ["companyName", "activeSeconds"]) {
      const { rows, hours } = await readOverviewScreen(scope, askOf({ sort }), "user 1");
      const own = await Promise.all(rows.map((row) => row.hours));
      expect(own).toEqual([
        { current: 8, previous: 0 },
        { current: 8, previous: 0 },
      ]);
      expect(await hours).toEqual({ current: 17, previous: 0 });
    }
    const report = await readCompaniesOverview(scope, askOf());
    expect(report.map(({ activeSeconds }) => activeSeconds.current)).toEqual([8, 8]);
  });

  test("sums hours anew when an event of an ended range arrives late, or one is taken away", async () => {
    const ask = askOf({ from: "2026-02-01", to: "2026-02-10" });
    const hours = async () => (await readCompaniesOverview(quiet.scope, ask))[0]!.activeSeconds.current;
    expect(await hours()).toBe(0);
    await storeEvents(quiet, [
      { type: "Logon", user: "late", computer: "PC-L", at: NOW - 3 * DAY },
      { type: "Logoff", user: "late", computer: "PC-L", at: NOW - 3 * DAY + HOUR },
    ]);
    expect(await hours()).toBe(3600);
    await database().execute(sql`delete from events where company_id = ${quiet.companyId}`);
    await database().execute(sql`delete from event_counts where company_id = ${quiet.companyId}`);
    expect(await hours()).toBe(0);
  });

  test("is searched by name and ordered by any figure, the hours too, which the screen brings in later", async () => {
    const scope = scopeOver([busy, quiet, foreign]);
    const order = async (params: Record<string, string>) =>
      (await readOverviewScreen(scope, askOf(params), "user 1")).rows.map(({ companyId }) => companyId);
    expect(await order({ sort: "-events" })).toEqual([busy, foreign, quiet].map((one) => one.companyId));
    expect(await order({ sort: "activeSeconds" })).toEqual(
      [quiet, foreign, busy].map((one) => one.companyId),
    );
    expect(await order({ q: foreign.name.toUpperCase() })).toEqual([foreign.companyId]);
    expect(await order({ q: "%" })).toEqual([]);
    const screen = await readOverviewScreen(scope, askOf(), "user 1");
    const hours = await Promise.all(screen.rows.map((row) => row.hours));
    const total = await screen.hours;
    expect(total!.current).toBe(hours.reduce((sum, one) => sum + one!.current, 0));
    expect(total!.current).toBe(27.5 * 3600);
  });
});

test("counts between any instants are those of the events, whatever part of them the rollup holds", async () => {
  const company = await makeCompany("Counted");
  const start = Date.UTC(2026, 0, 5, 10);
  const at = fc.integer({ min: 0, max: 90 * 60 }).map((second) => start + second * 1000);
  const times = fc.sample(at, 150);
  await storeEvents(
    company,
    times.map((instant, index) => ({
      type: index % 5 === 0 ? "4625" : "Unlock",
      user: `u${index % 7}`,
      computer: "PC",
      at: instant,
    })),
  );
  const instants = fc.uniqueArray(at, { minLength: 2, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(instants, async (unsorted) => {
      const edges = unsorted.toSorted((a, b) => a - b);
      const counted = await readWithin(company.scope, (tx) => countByCompany(tx, company.scope, edges));
      const within = (bucket: number, step: number) =>
        times.filter(
          (instant, index) => index % step === 0 && instant >= edges[bucket]! && instant < edges[bucket + 1]!,
        ).length;
      const expected = edges.slice(0, -1).flatMap((_, bucket) => {
        const events = within(bucket, 1);
        return events === 0
          ? []
          : [{ companyId: company.companyId, bucket, events, failures: within(bucket, 5) }];
      });
      expect(counted.toSorted((a, b) => a.bucket - b.bucket)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test("a reader whose turn has come doesn't wait for another who asks the same and has no place yet", async () => {
  const { range } = askOf({ range: "30d" });
  const hours = (reader: string) => companyHours(reader, quiet.scope, { range, zone: ZONE, now: NOW });
  let release = () => {};
  const slow = new Promise<void>((resolve) => (release = resolve));
  // All places that a reader has.
  const held = [1, 2].map(() => runReport({ reader: "user 1", scope: foreign.scope }, () => slow));
  const waiting = hours("user 1");
  expect(await hours("user 2")).toBe(0);
  release();
  expect(await waiting).toBe(0);
  await Promise.all(held);
});
