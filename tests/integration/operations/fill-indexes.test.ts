import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { connect, database } from "@/db/client";
import { fillIndexes } from "@/lib/services/upkeep/fill-indexes";
import { fillCompany } from "../../bench/fill-company";
import { isOnCitusRun, isLeftOut } from "../../support/citus";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

const isSkipped = isLeftOut("indexes of distributed tables are rebuilt on the workers");
const never = new AbortController().signal;
const ROWS = 36_000;

/** Events as they come: each computer's own places fill up one by one. */
beforeEach(async () => {
  if (isOnCitusRun) return;
  const raw = connect(process.env.DATABASE_URL!, { max: 1 });
  await raw.unsafe(
    "truncate events, event_counts, accounts, computers, app_auth_companies restart identity cascade",
  );
  await fillCompany(raw, {
    name: "Full",
    rows: ROWS,
    days: 2,
    accounts: 1_000,
    activeAccounts: 1_000,
    computers: 600,
    sites: 2,
    until: Date.UTC(2026, 0, 1),
  });
  await raw`vacuum analyze events`.finally(() => raw.end());
});

async function bytesOf(index: string): Promise<number> {
  const [row] = await database().execute<{ bytes: string }>(
    sql`select pg_relation_size(${index}::regclass) as bytes`,
  );
  return Number(row!.bytes);
}

/** Indexes that would leave no room in new pages, as they do while one is rebuilt. */
async function packedIndexes(): Promise<string[]> {
  const rows = await database().execute<{ name: string }>(sql`
    select relname as name from pg_class where relkind = 'i' and array_to_string(reloptions, ',') like '%fillfactor%'
      and oid in (select indexrelid from pg_index where indrelid = 'events'::regclass)`);
  return rows.map(({ name }) => name);
}

async function brokenIndexes(): Promise<number> {
  const [row] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from pg_index where indrelid = 'events'::regclass and not indisvalid`);
  return row!.count;
}

async function countRows(): Promise<number> {
  const [row] = await database().execute<{ count: number }>(sql`
    with by_index as (select count(*) from (
      select c.id, e.id from computers c cross join lateral (select e.id from events e
        where e.company_id = c.company_id and e.computer_id = c.id order by e.occurred_at offset 0) e) read)
    select count::int from by_index`);
  return row!.count;
}

it.skipIf(isSkipped)("fills the pages of half-empty indexes, and leaves full ones alone", async () => {
  const before = await bytesOf("events_computer");
  const [key] = await database().execute(sql`select pg_relation_filenode('events_pkey') as node`);
  const filled = await fillIndexes(never);
  const after = await bytesOf("events_computer");
  expect(filled.indexes).toBeGreaterThan(0);
  expect(filled.freedBytes).toBeGreaterThanOrEqual(before - after);
  expect(after / ROWS).toBeLessThan(46);
  expect(await countRows()).toBe(ROWS);
  expect((await database().execute(sql`select pg_relation_filenode('events_pkey') as node`))[0]).toEqual(key);
  expect(await fillIndexes(never)).toEqual({ indexes: 0, freedBytes: 0 });
  expect(await packedIndexes()).toEqual([]);
});

it.skipIf(isSkipped).each(["stops", "is killed"])(
  "lets events be stored meanwhile, and makes good what is left when it %s",
  async (end) => {
    const other = connect(process.env.DATABASE_URL!, { max: 1 });
    const held = await other.reserve();
    const stop = new AbortController();
    let broken: Promise<unknown> = Promise.resolve();
    try {
      // A rebuild waits for the transactions that have written, so it stands still here.
      await held`begin`;
      await held`update events set retry = 1 where ctid = (select min(ctid) from events)`;
      broken = fillIndexes(stop.signal).catch((error: unknown) => error);
      while ((await brokenIndexes()) === 0) await delay(20);
      await database().execute(sql`update events set retry = 2 where ctid = (select max(ctid) from events)`);
      if (end === "stops") stop.abort();
      else {
        await database().execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'reindex%'`);
      }
      expect(await broken).toBeInstanceOf(Error);
    } finally {
      await held`rollback`;
      held.release();
      await other.end();
    }
    expect(await brokenIndexes()).toBe(1);
    expect((await fillIndexes(never)).indexes).toBeGreaterThan(0);
    expect(await brokenIndexes()).toBe(0);
    expect(await packedIndexes()).toEqual([]);
    expect(await countRows()).toBe(ROWS);
  },
);
