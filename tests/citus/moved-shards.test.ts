import { afterAll, beforeAll, expect, it } from "vitest";
import { connect, type RawSql } from "@/db/client";
import { DISTRIBUTED_TABLES } from "@/db/distribute";
import { provideOwnDatabase } from "../support/own-database";
import { makeCompany, storeDay, type TestCompany } from "../support/stored-events";

const START = Date.UTC(2026, 5, 1);

provideOwnDatabase();

let sql: RawSql;
let large: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  sql = connect(process.env.DATABASE_URL!, { max: 1 });
  [large, other] = [await makeCompany("Large"), await makeCompany("Other")];
  await store(large, 0);
  await store(other, 0);
});
afterAll(() => sql?.end());

const store = (company: TestCompany, day: number) => storeDay(company, START, day, 200);

async function shardOf({ companyId }: TestCompany) {
  const [shard] = await sql<{ id: string; host: string; port: number }[]>`
    select shardid as id, nodename as host, nodeport as port from citus_shards
    where table_name = 'events'::regclass
      and shardid = get_shard_id_for_distribution_column('events', ${companyId}::int)`;
  return shard!;
}

async function counts({ companyId }: TestCompany) {
  const [row] = await sql`
    select count(*)::int as events, (select sum(count)::int from event_counts where company_id = ${companyId}) as counted
    from events where company_id = ${companyId}`;
  return row;
}

/** Shards of the table without forced row-level security; those that are moved or split are made anew. */
async function unguarded(table: string): Promise<string[]> {
  const guard = `select relrowsecurity and relforcerowsecurity and exists (select 1 from pg_policy where polrelid = pg_class.oid)
    from pg_class where oid = '%s'::regclass`;
  const rows = await sql<{ shardid: string; result: string }[]>`
    select shardid, result from run_command_on_shards(${table}, ${guard})`;
  expect(rows.length).toBeGreaterThan(4);
  return rows.filter(({ result }) => result !== "t").map(({ shardid }) => shardid);
}

it("stores on after a large company got a shard of its own and moved to another node", async () => {
  await sql`select isolate_tenant_to_new_shard('events', ${large.companyId}::int, 'CASCADE', shard_transfer_mode => 'block_writes')`;
  const from = await shardOf(large);
  expect((await shardOf(other)).id).not.toBe(from.id);
  await store(large, 1);

  const [to] = await sql<{ host: string; port: number }[]>`
    select nodename as host, nodeport as port from pg_dist_node where shouldhaveshards and nodeport <> ${from.port} limit 1`;
  await sql`
    select citus_move_shard_placement(${from.id}::bigint, ${from.host}, ${from.port}::int, ${to!.host}, ${to!.port}::int, 'block_writes')`;
  expect(await shardOf(large)).toMatchObject(to!);
  await store(large, 2);
  await store(other, 1);

  const guarded = await sql<{ name: string }[]>`
    select relname as name from pg_class where relforcerowsecurity and relname = any(${[...DISTRIBUTED_TABLES]})`;
  expect(guarded.length).toBeGreaterThan(10);
  for (const { name } of guarded)
    expect({ name, unguarded: await unguarded(name) }).toEqual({ name, unguarded: [] });
  expect(await counts(large)).toEqual({ events: 600, counted: 600 });
  expect(await counts(other)).toEqual({ events: 400, counted: 400 });
});
