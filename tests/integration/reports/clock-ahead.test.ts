import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { concurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import { rollCallQuery } from "@/lib/domain/reports/roll-call";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { ianaZone, type LocalDate } from "@/lib/domain/zones";
import { readDashboard } from "@/lib/services/dashboard/read-dashboard";
import { readConcurrentSessions } from "@/lib/services/reports/concurrent-sessions";
import { readRollCall } from "@/lib/services/reports/roll-call";
import { readTimeSpent } from "@/lib/services/reports/time-spent";
import { readTimeSpentDay } from "@/lib/services/reports/time-spent-day";
import { idOf, makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

beforeAll(() => database().transaction(ensureSettings));
afterAll(() => closeDatabase());

const HOUR = 3_600_000;
const MIDNIGHT = Date.UTC(2026, 2, 3);
const UTC = ianaZone("UTC");

/** What pages and reports tell of the day at that hour of it, in hours. */
async function toldAt({ scope }: TestCompany, accountId: number, hour: number) {
  const now = MIDNIGHT + hour * HOUR;
  const range = { from: MIDNIGHT, to: MIDNIGHT + 24 * HOUR };
  const ask = { range, zone: UTC, now };
  const dashboard = await readDashboard(scope, UTC, "today", now);
  const called = await readRollCall(scope, { ...ask, query: rollCallQuery.parse({}) });
  const spent = await readTimeSpent(scope, { ...ask, query: timeSpentQuery.parse({ group_by: "user" }) });
  const day = await readTimeSpentDay(
    scope,
    { accountId, date: "2026-03-03" as LocalDate, params: { range: "today" } },
    UTC,
    now,
  );
  const sessions = await readConcurrentSessions(scope, { ...ask, query: concurrentSessionsQuery.parse({}) });
  return {
    signedIn: dashboard.present.map(({ computerName }) => computerName).toSorted(),
    called: called.map(({ computerName }) => computerName).toSorted(),
    spent: spent.map(({ activeMs, lastLogoff }) => [activeMs / HOUR, lastLogoff !== null]),
    day: [day.row?.activeMs, day.events.length],
    dayEnd: (day.to - MIDNIGHT) / HOUR,
    concurrent: sessions.map(({ from, to }) => (to - from) / HOUR),
  };
}

it("what a clock that is ahead told counts once its time has come, on every page alike", async () => {
  const company = await makeCompany("Ahead");
  const event = (type: string, computer: string, hour: number) => ({
    type,
    user: "anna",
    computer,
    at: MIDNIGHT + hour * HOUR,
  });
  await storeEvents(company, [
    event("Logon", "PC-1", 13),
    event("Logon", "PC-2", 13.5),
    event("Logoff", "PC-2", 15),
    event("Logoff", "PC-1", 16),
  ]);
  const accountId = Number(await idOf("accounts", company, "anna"));
  const nobody = { signedIn: [], called: [] };
  expect(await toldAt(company, accountId, 12)).toEqual({
    ...nobody,
    spent: [],
    day: [undefined, 0],
    dayEnd: 24,
    concurrent: [],
  });
  expect(await toldAt(company, accountId, 14)).toEqual({
    signedIn: ["PC-1", "PC-2"],
    called: ["PC-1", "PC-2"],
    spent: [[1, false]],
    day: [HOUR, 2],
    dayEnd: 24,
    concurrent: [0.5],
  });
  expect(await toldAt(company, accountId, 17)).toEqual({
    ...nobody,
    spent: [[3, true]],
    day: [3 * HOUR, 4],
    dayEnd: 24,
    concurrent: [1.5],
  });
});
