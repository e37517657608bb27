import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import { pgArray } from "../pg-array";

export interface CountRow extends Record<string, unknown> {
  /** Epoch milliseconds of the bucket's start. */
  bucket_ms: number;
  kind: number;
  count: number;
}

/**
 * Events per bucket and kind, from the rollup. `edges` are the buckets' starts (epoch milliseconds, ascending, on
 * quarter-hours) with the end of the last one at the end; buckets without events are absent.
 */
export async function countByBucket(tx: Transaction, scope: CompanyScope, edges: readonly number[]) {
  const starts = pgArray(edges.slice(0, -1).map((edge) => edge / 1000));
  const bounds = { from: new Date(edges[0]!).toISOString(), to: new Date(edges.at(-1)!).toISOString() };
  // Summed by quarter-hour first: that is what the index gives; then each sum finds its bucket.
  const rows = await tx.execute<CountRow>(sql`
    with edges as (select array_agg(to_timestamp(start) order by start) as starts from unnest(${starts}::float8[]) as start),
    quarters as (
      select bucket_at, kind, sum(count) as count from event_counts
      where ${companySql(scope, "company_id")}
        and bucket_at >= ${bounds.from} and bucket_at < ${bounds.to}
      group by bucket_at, kind
    )
    select extract(epoch from starts[width_bucket(bucket_at, starts)]) * 1000 as bucket_ms, kind, sum(count)::int as count
    from quarters, edges group by 1, 2 order by 1, 2`);
  return rows.map((row) => ({ bucketAt: Number(row.bucket_ms), kind: row.kind, count: row.count }));
}
