import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, connect, type RawSql } from "@/db/client";
import { distribute, DISTRIBUTED_TABLES, isDistributed, moveTables, REFERENCE_TABLES } from "@/db/distribute";
import { runMigrations } from "@/db/migrate";
import { addCitus, createPlainDatabase, dropDatabase, withDatabase } from "../support/database-nodes";
import { makeCompany, storeDay } from "../support/stored-events";

const shared = process.env.DATABASE_URL!;
const name = `winauthmon_test_${randomBytes(6).toString("hex")}`;
const url = withDatabase(shared, name);
const START = Date.UTC(2026, 5, 1);

beforeAll(async () => {
  await createPlainDatabase(shared, name);
  process.env.DATABASE_URL = url;
  await runMigrations(url);
});
afterAll(async () => {
  await closeDatabase();
  process.env.DATABASE_URL = shared;
  await dropDatabase(shared, name);
});

async function counts(sql: RawSql): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of [...REFERENCE_TABLES, ...DISTRIBUTED_TABLES]) {
    const [row] = await sql`select count(*)::int as count from ${sql(table)}`;
    found[table] = row!.count;
  }
  return found;
}

test("a database that holds events moves to the nodes with them, and goes on", async () => {
  const companies = [await makeCompany("North"), await makeCompany("South"), await makeCompany("West")];
  for (const company of companies) await storeDay(company, START, 0, 300);
  expect(await distribute(url)).toBe("without Citus");

  await addCitus(shared, name);
  await runMigrations(url);
  const sql = connect(url, { max: 1 });
  try {
    expect(await isDistributed(sql)).toBe(false); // events are moved on request only
    const before = await counts(sql);
    expect(before).toMatchObject({ tenants: 3, events: 900, accounts: 21, computers: 15 });
    await closeDatabase();

    expect(await distribute(url)).toBe("done");
    expect(await isDistributed(sql)).toBe(true);
    expect(await counts(sql)).toEqual(before);
    const [left] =
      await sql`select citus_table_size('events')::int as total, pg_relation_size('events')::int as here`;
    expect(left!.total).toBeGreaterThan(0);
    expect(left!.here).toBe(0);
    expect(await distribute(url)).toBe("already done");

    for (const company of companies) await storeDay(company, START, 1, 300);
    expect(await counts(sql)).toMatchObject({ tenants: 3, events: 1_800, accounts: 21, computers: 15 });
  } finally {
    await sql.end();
  }
});

test("a move that was interrupted before its copy was removed is finished by the next", async () => {
  const other = `${name}_interrupted`;
  const otherUrl = withDatabase(shared, other);
  await createPlainDatabase(shared, other);
  process.env.DATABASE_URL = otherUrl;
  await runMigrations(otherUrl);
  const company = await makeCompany("North");
  await storeDay(company, START, 0, 300);
  await closeDatabase();
  await addCitus(shared, other);
  const sql = connect(otherUrl, { max: 1 });
  try {
    await moveTables(sql);
    const here = async () => {
      const [left] = await sql`
        select pg_relation_size('events') > 0 as events, pg_relation_size('app_auth_companies') > 0 as companies`;
      return left;
    };
    expect(await here()).toEqual({ events: true, companies: true });
    expect(await distribute(otherUrl)).toBe("already done");
    expect(await here()).toEqual({ events: false, companies: false });
    expect(await counts(sql)).toMatchObject({ tenants: 1, events: 300 });
  } finally {
    await sql.end();
    process.env.DATABASE_URL = url;
    await dropDatabase(shared, other);
  }
});
