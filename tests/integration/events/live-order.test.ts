import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { NO_FILTERS, type PageSize } from "@/lib/domain/events/filters";
import { ianaZone } from "@/lib/domain/zones";
import { readDashboard } from "@/lib/services/dashboard/read-dashboard";
import { listEvents } from "@/lib/services/events/list-events";
import { readEventsScreen } from "@/lib/services/events/read-events-screen";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { NEWEST_FIRST, request } from "../../support/naive-events";

const UTC = ianaZone("UTC");
const MINUTE = 60_000;
const PAGE = 50 as PageSize;
let company: TestCompany;
let now: number;

/** Sixty events of a clock that is seven minutes fast, then thirty of one that is right, all within the hour. */
beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Fast clock");
  now = Date.now();
  const fast = Array.from({ length: 60 }, (_, n) => ({
    type: "Lock",
    user: "fast",
    computer: "PC-FAST",
    at: now + 7 * MINUTE - n * 100,
    ahead: 7 * MINUTE,
  }));
  const right = Array.from({ length: 120 }, (_, n) => ({
    type: "Logon",
    user: `right.${n}`,
    computer: "PC-1",
    at: now - n * 10_000,
  }));
  await storeEvents(company, fast);
  await storeEvents(company, right);
});
afterAll(() => closeDatabase());

const filters = { ...NO_FILTERS, range: { preset: "48h" } as const };

test("a fast clock does not hold the dashboard's latest events", async () => {
  const { feed } = await readDashboard(company.scope, UTC, "today", Date.now());
  expect(feed).toHaveLength(25);
  expect(feed.map(({ userName }) => userName)).not.toContain("fast");
  const received = feed.map(({ receivedAt }) => receivedAt);
  expect(received).toEqual(received.toSorted((a, b) => b - a));
});

test("a fast clock takes no row from the live page, and pages lose and repeat nothing", async () => {
  const live = request(filters, { order: NEWEST_FIRST, pageSize: PAGE });
  const first = await listEvents(company.scope, live, UTC, Date.now(), { isLive: true });
  const ofRightClocks = first.rows.filter(({ isClockSkewed }) => !isClockSkewed);
  expect(ofRightClocks.map(({ userName }) => userName)).toEqual(
    Array.from({ length: PAGE }, (_, n) => `right.${n}`),
  );
  const places = first.rows.map((row) => (row.isClockSkewed ? row.receivedAt : row.occurredAt));
  expect(places).toEqual(places.toSorted((a, b) => b - a));

  const second = await listEvents(company.scope, { ...live, page: { after: first.next! } }, UTC, Date.now());
  expect(second.rows.map(({ userName }) => userName)).toEqual(
    Array.from({ length: PAGE }, (_, n) => `right.${n + PAGE}`),
  );
});

test("the screen's list is live on its first page alone, and by the events' own times when it is paused", async () => {
  const countRight = async (params: Record<string, string>) => {
    const { page } = await readEventsScreen(company.scope, params, UTC);
    return page!.rows.filter(({ isClockSkewed }) => !isClockSkewed).length;
  };
  expect(await countRight({})).toBe(100);
  expect(await countRight({ live: "off" })).toBe(40);
});

test("a failure is listed with its reason's codes and its source", async () => {
  const failing = await makeCompany("Failing");
  const fields = { Status: "0xC000006D", SubStatus: "0xC000006A", SourceIP: "203.0.113.9", LogonType: 3 };
  await storeEvents(failing, [{ type: "4625", user: "admin", computer: "PC-1", at: Date.now(), fields }]);
  const { rows } = await listEvents(failing.scope, request(filters), UTC);
  expect(rows[0]).toMatchObject({
    status: "0xC000006D",
    subStatus: "0xC000006A",
    sourceIp: "203.0.113.9",
    logonType: 3,
  });
});
