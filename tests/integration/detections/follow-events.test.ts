import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { connect, database } from "@/db/client";
import { listEventsToAsk } from "@/db/queries/detections/follow-events";
import { readWithin } from "@/db/scope";
import { ASKED_KINDS, askRules } from "@/lib/domain/detections/engine";
import { followCompany } from "@/lib/services/detections/follow-company";
import { readAsked } from "@/lib/services/detections/read-asked";
import { seenEvent } from "@/lib/services/detections/seen-event";
import { readSettings } from "@/lib/services/settings/read-settings";
import { busyDay } from "../../support/busy-day";
import {
  anyWritten,
  breakOff,
  followBrokenOff,
  followStored,
  followStoredOf,
  lookOnce,
  settleStored,
} from "../../support/detecting";
import { longTime } from "../../support/long-time";
import { provideOwnDatabase } from "../../support/own-database";
import { series } from "../../support/series";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const MINUTE = 60_000;

interface AlertFacts extends Record<string, unknown> {
  rule: string;
  subjectKey: string;
  key: number;
  firstAt: number;
  lastAt: number;
  count: number;
  eventIds: number[];
}

async function alertsOf({ companyId }: TestCompany): Promise<AlertFacts[]> {
  const rows = await database().execute<AlertFacts>(sql`
    select rule, subject_key as "subjectKey", key_event_id::float8 as key,
      (extract(epoch from first_at) * 1000)::float8 as "firstAt", (extract(epoch from last_at) * 1000)::float8 as "lastAt",
      count, array_to_json(event_ids) as "eventIds"
    from alerts where company_id = ${companyId} order by rule, subject_key, key_event_id`);
  return [...rows];
}

/** What one pass over everything finds. */
async function foundAtOnce({ scope }: TestCompany): Promise<AlertFacts[]> {
  const all = { throughId: 0, targetId: Number.MAX_SAFE_INTEGER };
  const { timeZone } = await readSettings();
  const { rows, asked } = await readWithin(scope, async (tx) => ({
    rows: await listEventsToAsk(tx, scope, all, ASKED_KINDS, 1_000_000),
    asked: await readAsked(tx, scope, timeZone, "all"),
  }));
  const { alerts } = askRules(rows.map(seenEvent), new Map(), asked);
  return [...alerts.values()]
    .map(({ rule, subjectKey, key, firstAt, lastAt, count, eventIds }) => ({
      rule,
      subjectKey,
      key,
      firstAt,
      lastAt,
      count,
      eventIds: [...eventIds],
    }))
    .toSorted((a, b) => compare(a.rule, b.rule) || compare(a.subjectKey, b.subjectKey) || a.key - b.key);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

describe("following events", () => {
  it.each([
    [1, 7],
    [2, 40],
    [3, 1],
    [4, 1_000],
  ])(
    "in batches of any size, with kills and two servers at it, finds what one pass finds (seed %i)",
    async (seed, batch) => {
      const company = await makeCompany(`Followed ${seed}`);
      expect(await followBrokenOff(company, busyDay(seed, 400), seed, batch)).toBeGreaterThan(0);
      const expected = await foundAtOnce(company);
      expect(new Set(expected.map(({ rule }) => rule)).size).toBe(5);
      expect(await alertsOf(company)).toEqual(expected);
    },
    120_000,
  );

  it.each([
    [5, 60],
    [6, 350],
  ])(
    "that rest on habits too: in batches, with kills, what one pass finds (seed %i)",
    async (seed, batch) => {
      const company = await makeCompany(`Long followed ${seed}`);
      const random = series(seed);
      const events = longTime(seed);
      const follow = () => followCompany(company.companyId, batch);
      let broken = 0;
      for (let start = 0; start < events.length;) {
        const size = 1 + Math.floor(random() * 300);
        await storeEvents(company, events.slice(start, start + size));
        start += size;
        await settleStored();
        if (random() < 0.5) broken += await breakOff(anyWritten(random), follow);
        else await followStoredOf(company, batch);
      }
      await followStoredOf(company, batch);
      const expected = await foundAtOnce(company);
      expect(await alertsOf(company)).toEqual(expected);
      expect(expected.map(({ rule }) => rule)).toEqual(
        expect.arrayContaining([
          "first-time-on-computer",
          "new-on-personal-computer",
          "unusual-hour",
          "many-computers",
          "dormant-account",
        ]),
      );
    },
    120_000,
  );

  it("misses nothing of a transaction that ends after later ones, and takes no part of it before", async () => {
    const company = await makeCompany("Held back");
    const at = Date.now() - MINUTE;
    const fail = (count: number) =>
      Array.from({ length: count }, (_, number) => ({
        type: "logon_failed",
        user: "anna",
        computer: "PC-1",
        at: at + number * 1_000,
      }));
    await storeEvents(company, fail(1));
    const slow = connect(process.env.DATABASE_URL!, { max: 1 });
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let tellTaken = () => {};
    const isTaken = new Promise<void>((resolve) => (tellTaken = resolve));
    const transaction = slow.begin(async (tx) => {
      await tx`select pg_current_xact_id()`; // as storing events does
      await tx.unsafe(`
        insert into events (company_id, site_id, account_id, computer_id, kind, occurred_at, fingerprint, event_type)
        select company_id, site_id, account_id, computer_id, kind, occurred_at + interval '30 seconds', gen_random_uuid(), event_type
        from events where company_id = ${company.companyId} limit 1`);
      tellTaken();
      await held;
    });
    await isTaken;
    await storeEvents(company, fail(3));
    for (let look = 0; look < 8; look += 1) await lookOnce();
    const [look] = await database().execute<{ behind: boolean }>(sql`
      select settled_id < (select max(id) from events) as behind from detection_clock`);
    expect(look!.behind).toBe(true);
    release();
    await transaction;
    await slow.end();
    await followStored();
    expect(await alertsOf(company)).toMatchObject([{ rule: "password-guessing", count: 5 }]);
  });

  it("keeps two companies apart, with the same names and addresses", async () => {
    const companies = [await makeCompany("One of two"), await makeCompany("Two of two")];
    const at = Date.now() - 30 * MINUTE;
    const fail = (count: number, offset: number) =>
      Array.from({ length: count }, (_, number) => ({
        type: "logon_failed",
        user: "anna",
        computer: "PC-1",
        at: at + (number + offset) * 1_000,
        fields: { SourceIP: "10.9.9.9" },
      }));
    await storeEvents(companies[0]!, fail(3, 0));
    await storeEvents(companies[1]!, fail(3, 0));
    await storeEvents(companies[1]!, fail(2, 10));
    await followStored();
    expect(await alertsOf(companies[0]!)).toEqual([]);
    expect(await alertsOf(companies[1]!)).toMatchObject([{ rule: "password-guessing", count: 5 }]);
  });

  it("counts an event once that is sent twice", async () => {
    const company = await makeCompany("Doubled");
    const at = Date.now() - 5 * MINUTE;
    const event = {
      type: "logon_failed",
      user: "anna",
      computer: "PC-1",
      at,
      fields: { EventId: "the same" },
    };
    await storeEvents(company, [event, event, event]);
    await storeEvents(company, [event, event, event]);
    await followStored();
    expect(await alertsOf(company)).toEqual([]);
  });

  it("goes on after a copy was restored into a cluster that counts transactions anew", async () => {
    const company = await makeCompany("Restored");
    await followStored();
    await database().execute(sql`
      update detection_clock set candidate_id = settled_id + 1, candidate_xmax = '999999999999'`);
    await storeEvents(company, busyDay(9, 100));
    await followStored();
    expect((await alertsOf(company)).length).toBeGreaterThan(0);
  });
});
