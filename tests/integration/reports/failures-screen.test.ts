import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { burstEvidence, rowEvidence, successEvidence } from "@/components/failures/evidence";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { CompanyScope } from "@/db/scope";
import { DEFAULT_REQUEST, parseEventsRequest } from "@/lib/domain/events/filters";
import { FAILURE_GROUPS } from "@/lib/domain/reports/failure-columns";
import { failuresQuery } from "@/lib/domain/reports/failures";
import { ianaZone } from "@/lib/domain/zones";
import { countMatchingEvents } from "@/lib/services/events/count-matching-events";
import { listEvents } from "@/lib/services/events/list-events";
import { readFailureBursts } from "@/lib/services/reports/failure-bursts";
import { readFailureTimes } from "@/lib/services/reports/failures";
import { readFailuresScreen } from "@/lib/services/reports/failures-screen";
import { provideOwnDatabase } from "../../support/own-database";
import {
  makeCompany,
  scopeOver,
  storeEvents,
  type SentEvent,
  type TestCompany,
} from "../../support/stored-events";

provideOwnDatabase();

const UTC = ianaZone("Etc/UTC");
const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 2, 2);
const RANGE = { from: START, to: START + 7 * 24 * 60 * MINUTE_MS };
const ADDRESSES = ["10.0.0.1", "10.0.0.10", "-", "fe80::1%eth0'*"];
const REASONS = [{ SubStatus: "0xC000006A" }, { SubStatus: "0xC0000064" }, {}, { Status: "0xC00000AA" }];

let first: TestCompany;
let second: TestCompany;

/** Every combination comes up, most without an address of the computer either. */
function mixed(salt: number): SentEvent[] {
  return Array.from({ length: 240 }, (_, place) => ({
    type: ["4625", "4740", "Logon", "Lock"][(place + salt) % 4]!,
    user: ["anna", "Bo", "<b>o'neil</b>"][Math.floor(place / 4) % 3]!,
    computer: ["PC-1", "pc-2"][Math.floor(place / 7) % 2]!,
    at: START + place * 37 * MINUTE_MS,
    site: Math.floor(place / 5) % 2,
    fields: { SourceIP: ADDRESSES[Math.floor(place / 3) % 4]!, ...REASONS[Math.floor(place / 2) % 4]! },
  }));
}

beforeAll(async () => {
  await database().transaction(ensureSettings);
  first = await makeCompany("Failed first", 2);
  second = await makeCompany("Failed second", 2);
  await storeEvents(first, mixed(0));
  await storeEvents(second, mixed(1).slice(0, 90));
});

function ask(params: Record<string, string>) {
  return { query: failuresQuery.parse(params), range: RANGE, zone: UTC, now: RANGE.to };
}

/** How many events the Events screen finds at an address of it. */
async function countAt(scope: CompanyScope, href: string): Promise<number> {
  const { request, ignored } = parseEventsRequest(
    Object.fromEntries(new URLSearchParams(href.split("?")[1])),
  );
  expect(ignored).toEqual([]);
  const { rows } = await listEvents(
    scope,
    { ...DEFAULT_REQUEST, filters: request.filters, pageSize: 1000 },
    UTC,
  );
  const byAccount = await listEvents(
    scope,
    {
      ...DEFAULT_REQUEST,
      filters: request.filters,
      order: { by: "account", isDescending: false },
      pageSize: 1000,
    },
    UTC,
  );
  const counted = await countMatchingEvents(scope, request.filters, UTC);
  expect([byAccount.rows.length, counted?.total]).toEqual([rows.length, rows.length]);
  return rows.length;
}

describe("every row leads to exactly the events that it counts", () => {
  it.each(FAILURE_GROUPS)("by %s, whatever the filters", async (groupBy) => {
    const site = String(first.siteIds[1]);
    const choices: Record<string, string>[] = [
      {},
      { q: "NEIL" },
      { address: "10.0.0.1" },
      { address: "10.*", site },
      { site },
    ];
    for (const filters of choices) {
      const params = { group_by: groupBy, ...filters };
      const { rows, totals } = await readFailuresScreen(first.scope, ask(params), "");
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        const href = rowEvidence(row, failuresQuery.parse(params), RANGE);
        expect([href, await countAt(first.scope, href)]).toEqual([href, row.failures + row.lockouts]);
      }
      const times = await readFailureTimes(first.scope, ask(params));
      expect(times.reduce((sum, { failures }) => sum + failures, 0)).toBe(totals.failures);
      expect(times.reduce((sum, { lockouts }) => sum + lockouts, 0)).toBe(totals.lockouts);
    }
  });

  it("in all companies each row is of one company", async () => {
    const { rows } = await readFailuresScreen(scopeOver([first, second]), ask({ group_by: "reason" }), "");
    expect(new Set(rows.map(({ companyId }) => companyId)).size).toBe(2);
    for (const row of rows) {
      const own = row.companyId === first.companyId ? first : second;
      const href = rowEvidence(row, failuresQuery.parse({ group_by: "reason" }), RANGE);
      expect(await countAt(own.scope, href)).toBe(row.failures + row.lockouts);
    }
  });
});

describe("filters of failures", () => {
  it("an address is that address and no other that begins so, unless a star says so", async () => {
    const names = async (address: string) => {
      const { rows } = await readFailuresScreen(first.scope, ask({ group_by: "address", address }), "");
      return rows.map(({ name }) => name).toSorted();
    };
    expect(await names("10.0.0.1")).toEqual(["10.0.0.1"]);
    expect(await names("10.0.0.1*")).toEqual(["10.0.0.1", "10.0.0.10"]);
    expect(await names("-")).toEqual([null]);
    expect(await names("' or true --")).toEqual([]);
  });

  it("a reason is that in words, for codes of any spelling, and an unknown one finds nothing", async () => {
    const rows = async (reason: string) =>
      (await readFailuresScreen(first.scope, ask({ group_by: "reason", reason }), "")).rows;
    expect((await rows("Incorrect password")).map(({ name }) => name)).toEqual(["Incorrect password"]);
    expect(await rows("The password was wrong")).toEqual(await rows("Incorrect password"));
    expect(await rows("It was raining")).toEqual([]);
  });

  it("the order asked for goes before the usual one", async () => {
    const names = async (sort: string) =>
      (await readFailuresScreen(first.scope, ask({ sort }), "")).rows.map(({ name }) => name);
    expect(await names("name")).toEqual(["<b>o'neil</b>", "anna", "Bo"]);
    expect(await names("-name")).toEqual(["Bo", "anna", "<b>o'neil</b>"]);
  });
});

describe("bursts in all companies", () => {
  it("are named by company and number, also where two companies use the same number", async () => {
    const [one, two] = [await makeCompany("Numbers one"), await makeCompany("Numbers two")];
    const id = 900_000_001;
    for (const [company, name] of [
      [one, "olga"],
      [two, "otto"],
    ] as const) {
      for (const table of ["accounts", "computers"]) {
        const key = table === "accounts" ? name : `pc-of-${name}`;
        await database().execute(sql`insert into ${sql.raw(table)}
          (company_id, id, name_key, name, first_seen_at, last_seen_at)
          values (${company.companyId}, ${id}, ${key}, ${key}, now(), now())`);
      }
      const event = (type: string, minute: number): SentEvent => ({
        type,
        user: name,
        computer: `pc-of-${name}`,
        at: START + minute * MINUTE_MS,
        fields: { SourceIP: "203.0.113.9" },
      });
      await storeEvents(company, [...[0, 1, 2, 3, 4].map((at) => event("4625", at)), event("Logon", 9)]);
    }
    const bursts = await readFailureBursts(scopeOver([one, two]), ask({}));
    expect(bursts.map(({ accountId }) => accountId)).toEqual([id, id]);
    expect(
      bursts.map(({ userName, success }) => [userName, success?.userName, success?.computerName]),
    ).toEqual([
      ["olga", "olga", "pc-of-olga"],
      ["otto", "otto", "pc-of-otto"],
    ]);
    for (const [place, company] of [one, two].entries()) {
      const burst = bursts[place]!;
      expect(await countAt(company.scope, burstEvidence(burst))).toBe(5);
      expect(await countAt(company.scope, successEvidence(company.companyId, burst.success!))).toBe(1);
    }
    const { bursts: shown, burstCount, successCount } = await readFailuresScreen(one.scope, ask({}), "");
    expect([shown.length, burstCount, successCount]).toEqual([1, 1, 1]);
  });
});
