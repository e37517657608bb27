import { connectionPool, type RawSql } from "../../client";
import { isDatabaseDistributed } from "../../distribute";

/** By pool and company. */
const known = new WeakMap<RawSql, Map<number, Promise<number>>>();

/**
 * The number of the shard that holds a company's events on a Citus cluster; 0 for all companies where there are no shards.
 * It is asked for once, so after a split of shards it is the former one until the process starts anew.
 */
export async function shardOf(companyId: number): Promise<number> {
  if (!(await isDatabaseDistributed())) return 0;
  const sql = connectionPool();
  const shards = known.get(sql) ?? new Map<number, Promise<number>>();
  known.set(sql, shards);
  const found = shards.get(companyId) ?? readShard(sql, companyId);
  shards.set(companyId, found);
  found.catch(() => shards.delete(companyId));
  return found;
}

async function readShard(sql: RawSql, companyId: number): Promise<number> {
  const [row] = await sql<[{ shard: string }]>`
    select get_shard_id_for_distribution_column('events', ${companyId}::int) as shard`;
  return Number(row.shard);
}
