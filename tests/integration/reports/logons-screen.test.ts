import { beforeAll, describe, expect, it } from "vitest";
import { logonEvidence, newPairsElsewhere, newPairsOf } from "@/components/logons/logon-links";
import { database } from "@/db/client";
import { refreshNames } from "@/db/queries/events/refresh-derived";
import { ensureSettings } from "@/db/queries/global/first-start";
import { parseEventsRequest } from "@/lib/domain/events/filters";
import { inactiveQuery, inactiveReport } from "@/lib/domain/reports/inactive";
import { LOGON_GROUPS } from "@/lib/domain/reports/logon-columns";
import { logonsQuery } from "@/lib/domain/reports/logons";
import { ianaZone } from "@/lib/domain/zones";
import { countMatchingEvents } from "@/lib/services/events/count-matching-events";
import { readInactive } from "@/lib/services/reports/inactive";
import { readLogonsScreen } from "@/lib/services/reports/logons-screen";
import { plainScreen } from "@/lib/services/reports/plain-screen";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const UTC = ianaZone("Etc/UTC");
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const START = Date.UTC(2026, 2, 2);
const RANGE = { from: START, to: START + 7 * DAY_MS };

let company: TestCompany;

const EVENTS: SentEvent[] = Array.from({ length: 240 }, (_, place) => ({
  type: ["Logon", "Unlock", "4778", "Lock", "4625"][place % 5]!,
  user: ["anna", "Bo", "=cmd|' /C calc'!A0"][Math.floor(place / 5) % 3]!,
  computer: ["PC-1", "pc-2"][Math.floor(place / 7) % 2]!,
  at: START + place * 41 * MINUTE_MS,
  site: Math.floor(place / 11) % 2,
}));

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Logons", 2);
  await storeEvents(company, EVENTS);
  await database().transaction((tx) => refreshNames(tx, company.scope));
});

function ask(params: Record<string, string>) {
  return { query: logonsQuery.parse(params), range: RANGE, zone: UTC, now: RANGE.to };
}

describe("logons", () => {
  it.each(LOGON_GROUPS)("by %s: every row leads to exactly the events that it counts", async (groupBy) => {
    const site = String(company.siteIds[1]);
    const choices: Record<string, string>[] = [{}, { q: "AN" }, { site }];
    for (const filters of choices) {
      const params = { group_by: groupBy, ...filters };
      const { rows, totals, hours } = await readLogonsScreen(company.scope, ask(params), "");
      for (const row of rows) {
        const href = logonEvidence(row, logonsQuery.parse(params), RANGE);
        const { request, ignored } = parseEventsRequest(
          Object.fromEntries(new URLSearchParams(href.split("?")[1])),
        );
        expect(ignored).toEqual([]);
        const counted = await countMatchingEvents(company.scope, request.filters, UTC);
        expect(counted?.total).toBe(row.logons + row.unlocks + row.remoteConnects);
      }
      const starts = totals.logons + totals.unlocks + totals.remoteConnects;
      expect(hours.flat().reduce((sum, count) => sum + count, 0)).toBe(starts);
      expect(hours.map((day) => day.length)).toEqual([24, 24, 24, 24, 24, 24, 24]);
    }
  });

  it("stand in the order asked for", async () => {
    const names = async (sort: string) =>
      (await readLogonsScreen(company.scope, ask({ sort }), "")).rows.map(({ name }) => name);
    expect(await names("name")).toEqual(["=cmd|' /C calc'!A0", "anna", "Bo"]);
    expect(await names("-name")).toEqual(["Bo", "anna", "=cmd|' /C calc'!A0"]);
  });
});

it("inactive accounts and computers stand in the order asked for, a page at a time", async () => {
  const now = RANGE.to + 40 * DAY_MS;
  const read = (params: Record<string, string>) =>
    plainScreen(readInactive)(
      company.scope,
      { query: inactiveQuery.parse(params), range: RANGE, zone: UTC, now },
      "9",
    );
  const screen = await read({ sort: "-name" });
  expect(screen.rows.map(({ name }) => name)).toEqual(["Bo", "anna", "=cmd|' /C calc'!A0"]);
  expect([screen.rowCount, screen.page, screen.pageCount]).toEqual([3, 1, 1]);
  expect((await read({ type: "computer", q: "pc-2" })).rows.map(({ name }) => name)).toEqual(["pc-2"]);
  expect((await read({ days: "60" })).rows).toEqual([]);
});

it("a file of the inactive is of the moment it is made at, whatever range the address names", () => {
  const query = inactiveQuery.parse({ range: "30d" });
  expect(inactiveReport.range!(query, RANGE.to, UTC)).toEqual({ from: RANGE.to, to: RANGE.to });
});

it("what is new to an account or a computer is shown by the other one", () => {
  const row = { id: 7 } as Parameters<typeof newPairsOf>[0];
  expect(newPairsOf(row, "account")).toMatchObject({ account: "7", group_by: "computer" });
  expect(newPairsElsewhere(row, "site", "Asia/Tokyo")).toMatchObject({ site: "7", tz: "Asia/Tokyo" });
  expect(newPairsOf(row, "computer")).toMatchObject({ computer: "7", group_by: null });
  expect(newPairsOf(row, "site")).toMatchObject({ site: "7", group_by: null });
});
