import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connect, connectionPool, type RawSql } from "@/db/client";
import { DISTRIBUTED_TABLES, REFERENCE_TABLES } from "@/db/distribute";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany } from "@/lib/services/companies/create-company";
import { listNodes, withDatabase } from "../support/database-nodes";
import { provideOwnDatabase } from "../support/own-database";
import { fillTenantTables, problemsOfTable } from "../support/tenant-wall";

provideOwnDatabase();

/** The part of a table on one node that holds rows of both companies. */
interface Part {
  table: string;
  name: string;
  node: string;
}

let mine: number;
let theirs: number;
let parts: Part[];
const nodes = new Map<string, RawSql>();

beforeAll(async () => {
  [mine, theirs] = await makeNeighbours();
  for (const id of [mine, theirs]) await fillTenantTables(connectionPool(), id);
  for (const url of await listNodes(process.env.DATABASE_URL!)) {
    const own = new URL(withDatabase(url, new URL(process.env.DATABASE_URL!).pathname.slice(1)));
    const sql = connect(own.href, { max: 1, idle_timeout: 0, max_lifetime: null });
    nodes.set(own.port, sql);
    await sql`set citus.override_table_visibility to off`;
    await sql`set citus.enable_manual_changes_to_shards to on`;
  }
  parts = await listParts();
});
afterAll(async () => {
  for (const sql of nodes.values()) await sql.end();
});

/** Two companies whose rows are in the same shards, where only row-level security is between them. */
async function makeNeighbours(): Promise<[number, number]> {
  const known = new Map<string, number>();
  for (;;) {
    const { id } = await createCompany(operatorActor("command line"), { name: `Near ${randomUUID()}` });
    const [row] = await connectionPool()<{ shard: string }[]>`
      select get_shard_id_for_distribution_column('tenants', ${id}::int)::text as shard`;
    const other = known.get(row!.shard);
    if (other !== undefined) return [other, id];
    known.set(row!.shard, id);
  }
}

/** Parts of distributed tables are on one node each, reference tables on every node. */
async function listParts(): Promise<Part[]> {
  const tables = [...DISTRIBUTED_TABLES, ...REFERENCE_TABLES];
  return connectionPool()<Part[]>`
    select logicalrelid::text as "table", shard_name(logicalrelid, shardid) as name, nodeport::text as node
    from pg_dist_partition p join pg_dist_shard s using (logicalrelid) join pg_dist_shard_placement using (shardid)
    where logicalrelid::text = any(${tables})
      and (partmethod = 'n' or shardid = get_shard_id_for_distribution_column(logicalrelid, ${mine}::int))
    order by 1, 3`;
}

async function problemsOf({ table, name, node }: Part): Promise<string[]> {
  const sql = nodes.get(node)!;
  const [security] = await sql<{ hasSecurity: boolean; isForced: boolean }[]>`
    select relrowsecurity as "hasSecurity", relforcerowsecurity as "isForced" from pg_class
    where oid = ${name}::regclass`;
  const column = table === "app_auth_companies" ? "id" : "company_id";
  return problemsOfTable(sql, { name, column, ...security! }, [mine], theirs);
}

it("each node itself keeps the rows of other companies back, whatever the coordinator asks for", async () => {
  const problems: string[] = [];
  for (const part of parts)
    problems.push(...(await problemsOf(part)).map((problem) => `${part.name} on ${part.node}: ${problem}`));
  expect(problems).toEqual([]);
  expect(new Set(parts.map(({ table }) => table))).toEqual(
    new Set([...DISTRIBUTED_TABLES, ...REFERENCE_TABLES]),
  );
});

it("the check names a part that lost its wall, and the coordinator shows what the node lets through", async () => {
  const part = parts.find(({ table }) => table === "computers")!;
  const sql = nodes.get(part.node)!;
  const seen = () =>
    connectionPool().begin(async (tx) => {
      await tx.unsafe("set local role winauthmon_app");
      await tx.unsafe(`set local app.company_ids = '{${mine}}'`);
      return (await tx.unsafe(`select id from computers where company_id = ${theirs}`)).length;
    });
  expect(await seen()).toBe(0);
  await sql.unsafe(`alter table ${part.name} disable row level security`);
  expect(await problemsOf(part)).toContain("row-level security is off");
  expect(await seen()).toBe(1);
  await sql.unsafe(`alter table ${part.name} enable row level security`);
  expect(await problemsOf(part)).toEqual([]);
});
