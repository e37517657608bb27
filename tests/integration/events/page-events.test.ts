import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { USUAL_EFFORT } from "@/db/queries/events/effort";
import type { CompanyScope } from "@/db/scope";
import { encodePosition } from "@/lib/domain/events/event-cursor";
import {
  EVENT_SORTS,
  type EventFilters,
  type EventOrder,
  type EventsRequest,
  type PageSize,
} from "@/lib/domain/events/filters";
import { countMatchingEvents } from "@/lib/services/events/count-matching-events";
import { listEvents } from "@/lib/services/events/list-events";
import {
  LITTLE,
  madeEvents,
  naive,
  NEWEST_FIRST,
  NOW,
  readAll,
  readEverything,
  request,
  spell,
  START,
  UTC,
  type Known,
} from "../../support/naive-events";
import {
  makeCompany,
  scopeOver,
  storeEvents,
  type SentEvent,
  type TestCompany,
} from "../../support/stored-events";

let first: TestCompany;
let second: TestCompany;
let stranger: TestCompany;
let known: Known[];

beforeAll(async () => {
  first = await makeCompany("First", 3);
  second = await makeCompany("Second", 3);
  stranger = await makeCompany("Stranger", 3);
  await storeEvents(first, madeEvents(420, 1));
  await storeEvents(stranger, madeEvents(60, 3));
  known = await readEverything([first.companyId]);
});

afterAll(() => closeDatabase());

describe("paging", () => {
  test.each(EVENT_SORTS.flatMap((by) => [true, false].map((isDescending) => ({ by, isDescending }))))(
    "back from the last page by $by (descending: $isDescending) every event comes once, ties included",
    async (order) => {
      const asked = request({}, { order, pageSize: 7 as PageSize });
      const expected = naive(known, first.scope, asked.filters, order);
      let page: EventsRequest["page"] = null;
      for (let step = 0; step < 20; step += 1)
        page = {
          after: (await listEvents(first.scope, { ...asked, page }, UTC, NOW, { effort: LITTLE })).next!,
        };
      const found: string[] = [];
      for (
        let last = await listEvents(first.scope, { ...asked, page }, UTC, NOW, { effort: LITTLE });
        last.previous !== null;
      ) {
        last = await listEvents(first.scope, { ...asked, page: { before: last.previous } }, UTC, NOW, {
          effort: LITTLE,
        });
        found.unshift(...spell(last.rows));
      }
      expect(found).toEqual(expected.slice(0, 140));
    },
  );

  test("events that arrive while somebody pages neither repeat nor hide one", async () => {
    const company = await makeCompany("Busy");
    const send = (minute: number) =>
      storeEvents(
        company,
        [0, 1].map((n) => ({ type: "Logon", user: `u${n}`, computer: "pc", at: START + minute * 60_000 })),
      );
    for (let minute = 0; minute < 20; minute += 1) await send(minute);
    const asked = request({}, { pageSize: 6 as PageSize });
    const before = await readAll(company.scope, asked, USUAL_EFFORT);
    const found: string[] = [];
    let page: EventsRequest["page"] = null;
    for (let step = 0; ; step += 1) {
      const { rows, next } = await listEvents(company.scope, { ...asked, page }, UTC, NOW);
      found.push(...spell(rows));
      await send(20 + step);
      if (next === null) break;
      page = { after: next };
    }
    expect(found).toEqual(before);
  });

  test("kinds and sites that are common and seldom meet are found page by page, both ways", async () => {
    const company = await makeCompany("Seldom", 2);
    const quarters = Array.from({ length: 25 }, (_, n) => START + n * 900_000);
    const sent = quarters.flatMap((quarter): SentEvent[] => [
      { type: "Lock", user: "seldom", computer: "pc", at: quarter + 1_000, site: 1 },
      ...Array.from({ length: 30 }, (_unused, n) => ({
        type: n % 2 ? "Lock" : "Logon",
        user: "common",
        computer: "pc",
        at: quarter + n * 20_000,
        site: n % 2 ? 0 : 1,
      })),
    ]);
    await storeEvents(company, sent);
    for (const isDescending of [true, false]) {
      const asked = request(
        { kinds: ["lock"], siteIds: [company.siteIds[1]!] },
        { order: { by: "time", isDescending }, pageSize: 1 as PageSize },
      );
      const found = await readAll(company.scope, asked, LITTLE);
      expect(new Set(found).size).toBe(25);
      expect(found).toHaveLength(25);
    }
  });

  test("going back to the beginning shows the first page, with what has arrived since", async () => {
    const asked = request({}, { pageSize: 50 });
    const start = await listEvents(first.scope, asked, UTC, NOW);
    const next = await listEvents(first.scope, { ...asked, page: { after: start.next! } }, UTC, NOW);
    const back = await listEvents(first.scope, { ...asked, page: { before: next.previous! } }, UTC, NOW);
    expect(spell(back.rows)).toEqual(spell(start.rows));
    expect(back.isFirst).toBe(true);
    expect(start.previous).toBeNull();
  });

  test("a page that is not there is told and not guessed", async () => {
    const position = {
      order: NEWEST_FIRST,
      companyId: first.companyId,
      groupId: 0,
      occurredAt: START,
      id: 1,
    };
    const good = encodePosition(position);
    const wrong = [
      "",
      "x",
      good.slice(1),
      `${good}0`,
      good.replace("~", "~~"),
      "'; drop table events --",
      "9".repeat(500),
    ];
    for (const cursor of wrong) {
      await expect(
        listEvents(first.scope, request({}, { page: { after: cursor } }), UTC, NOW),
      ).rejects.toMatchObject({ code: "invalid" });
    }
    const byAccount: EventOrder = { by: "account", isDescending: false };
    await expect(
      listEvents(first.scope, request({}, { order: byAccount, page: { after: good } }), UTC, NOW),
    ).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("other companies", () => {
  test("their ids in filters find nothing", async () => {
    const [theirs] = await database().execute<{ account_id: number; computer_id: number; site_id: number }>(
      sql`select account_id, computer_id, site_id from events where company_id = ${stranger.companyId} limit 1`,
    );
    const filters: Partial<EventFilters>[] = [
      { accountId: theirs!.account_id },
      { computerId: theirs!.computer_id },
      { siteIds: [theirs!.site_id] },
    ];
    for (const part of filters) {
      for (const scope of [first.scope, scopeOver([first, second])]) {
        const asked = request(part);
        expect((await listEvents(scope, asked, UTC, NOW)).rows).toEqual([]);
        expect(await countMatchingEvents(scope, asked.filters, UTC, NOW)).toEqual({
          total: 0,
          isCapped: false,
        });
      }
    }
  });

  test("a cursor of theirs opens nothing", async () => {
    for (const by of EVENT_SORTS) {
      const order: EventOrder = { by, isDescending: true };
      const { next } = await listEvents(
        stranger.scope,
        request({}, { order, pageSize: 7 as PageSize }),
        UTC,
        NOW,
      );
      await expect(
        listEvents(first.scope, request({}, { order, page: { after: next! } }), UTC, NOW),
      ).rejects.toMatchObject({ code: "invalid" });
    }
  });

  test("an account of theirs in a cursor of one's own opens nothing", async () => {
    const [theirs] = await database().execute<{ id: number }>(
      sql`select id from accounts where company_id = ${stranger.companyId} limit 1`,
    );
    const order: EventOrder = { by: "account", isDescending: false };
    const cursor = encodePosition({
      order,
      companyId: first.companyId,
      groupId: theirs!.id,
      occurredAt: START,
      id: 1,
    });
    await expect(
      listEvents(first.scope, request({}, { order, page: { after: cursor } }), UTC, NOW),
    ).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("an empty page", () => {
  test("tells whether there is any event at all", async () => {
    const empty = await makeCompany("Empty");
    expect(await listEvents(empty.scope, request({}), UTC, NOW)).toMatchObject({
      rows: [],
      hasEvents: false,
    });
    expect(await listEvents(first.scope, request({ search: "nobody" }), UTC, NOW)).toMatchObject({
      rows: [],
      hasEvents: true,
    });
  });

  test("is all that somebody without companies sees", async () => {
    const none = { ...first.scope, companyIds: [] } as unknown as CompanyScope;
    for (const by of EVENT_SORTS) {
      const asked = request({ kinds: ["logon"] }, { order: { by, isDescending: true } });
      expect(await listEvents(none, asked, UTC, NOW)).toMatchObject({ rows: [], hasEvents: false });
    }
  });
});

test("a range by name reaches into the future, where an agent's clock may be, and ends with the past otherwise", async () => {
  const company = await makeCompany("Clocks");
  const ahead = NOW + 240_000;
  await storeEvents(
    company,
    [ahead, NOW - 47 * 3_600_000, NOW - 49 * 3_600_000].map((at) => ({
      type: "Logon",
      user: "u",
      computer: "pc",
      at,
    })),
  );
  const list = async (preset: "48h" | "yesterday" | "today") =>
    (await listEvents(company.scope, request({ range: { preset } }), UTC, NOW)).rows.map(
      (row) => row.occurredAt,
    );
  expect(await list("48h")).toEqual([ahead, NOW - 47 * 3_600_000]);
  expect(await list("today")).toEqual([ahead]);
  expect(await list("yesterday")).toEqual([]);
});
