import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql, sameCompanySql } from "../../scope-sql";
import { FAILURE_KINDS, SESSION_KINDS } from "@/lib/domain/events/kinds";
import { instantSql } from "../events/event-match";
import { isAccountSql, kindSql } from "../kind-sql";
import { pgArray } from "../pg-array";

const QUARTER_MS = 900_000;

export interface BucketCount {
  companyId: number;
  /** Which of the buckets, the first being 0. */
  bucket: number;
  events: number;
  failures: number;
}

/**
 * Events and failures of each company between one edge and the next; edges are epoch milliseconds, ascending. Buckets
 * without events are absent.
 *
 * Whole quarters of an hour are sums of the rollup; only the events of a quarter that an edge cuts are looked at.
 */
export async function countByCompany(
  tx: Transaction,
  scope: CompanyScope,
  edges: readonly number[],
): Promise<BucketCount[]> {
  const starts = pgArray(edges.slice(0, -1).map((edge) => edge / 1000));
  const cut = [
    ...new Set(edges.filter((edge) => edge % QUARTER_MS !== 0).map((edge) => edge - (edge % QUARTER_MS))),
  ];
  const rows = await tx.execute<{ company_id: number; bucket: number; events: string; failures: string }>(sql`
    with edges as (select array_agg(to_timestamp(start) order by start) as starts from unnest(${starts}::float8[]) as start),
    counted as (
      select company_id, bucket_at as at, sum(count) as events,
        coalesce(sum(count) filter (where ${kindSql("kind", FAILURE_KINDS)}), 0) as failures
      from event_counts
      where ${companySql(scope, "company_id")} and ${wholeQuartersSql(edges, cut)}
      group by company_id, bucket_at
      ${sql.join(
        cut.map((start) => cutQuarterSql(scope, edges, start)),
        sql` `,
      )}
    )
    select company_id, width_bucket(at, starts) - 1 as bucket, sum(events) as events, sum(failures) as failures
    from counted, edges group by 1, 2`);
  return rows.map((row) => ({
    companyId: row.company_id,
    bucket: row.bucket,
    events: Number(row.events),
    failures: Number(row.failures),
  }));
}

function wholeQuartersSql(edges: readonly number[], cut: readonly number[]): SQL {
  const first = edges[0]! - (edges[0]! % QUARTER_MS);
  const skipped = pgArray(cut.map((start) => new Date(start).toISOString()));
  return sql`bucket_at >= ${instantSql(first)} and bucket_at < ${instantSql(edges.at(-1)!)}
    and bucket_at <> all(${skipped}::text[]::timestamptz[])`;
}

function cutQuarterSql(scope: CompanyScope, edges: readonly number[], start: number): SQL {
  const from = Math.max(start, edges[0]!);
  const to = Math.min(start + QUARTER_MS, edges.at(-1)!);
  return sql`union all
    select e.company_id, e.occurred_at, 1, case when ${kindSql("e.kind", FAILURE_KINDS)} then 1 else 0 end
    from events e
    where ${companySql(scope, "e.company_id")}
      and e.occurred_at >= ${instantSql(from)} and e.occurred_at < ${instantSql(to)}`;
}

/** Accounts of each company that began, paused or ended a session from `from` on and before `to`; companies without are absent. */
export async function countActiveAccounts(
  tx: Transaction,
  scope: CompanyScope,
  { from, to }: { from: number; to: number },
): Promise<ReadonlyMap<number, number>> {
  // Whether an account was active in the range is one look into its events' index; presence tells whose to look at.
  const rows = await tx.execute<{ company_id: number; count: number }>(sql`
    with known as (
      select distinct p.company_id, p.account_id from presence p
      where ${companySql(scope, "p.company_id")} and ${isAccountSql("p.account_id")}
        and p.at >= ${instantSql(from)} and p.first_at < ${instantSql(to)}
    )
    select known.company_id, count(*)::int as count from known
    cross join lateral (
      select 1 as one from events e
      where ${sameCompanySql(scope, "e.company_id", "known.company_id")} and e.account_id = known.account_id and ${kindSql("e.kind", SESSION_KINDS)}
        and e.occurred_at >= ${instantSql(from)} and e.occurred_at < ${instantSql(to)}
      limit 1
    ) active
    group by known.company_id`);
  return new Map(rows.map((row) => [row.company_id, row.count]));
}

/** Names of the scope's companies that contain the text in any case, by name. */
export async function listCompaniesNamed(tx: Transaction, scope: CompanyScope, pattern: string) {
  const rows = await tx.execute<{ id: number; name: string }>(sql`
    select id, name from app_auth_companies
    where ${companySql(scope, "id")} and name ilike ${pattern}
    order by lower(name), id`);
  return rows.map(({ id, name }) => ({ id, name }));
}
