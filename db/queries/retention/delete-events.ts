import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import { ACTING_KINDS } from "@/lib/domain/events/kinds";
import type { CompanyScope, CompanyWriteScope } from "../../scope";
import { companySql } from "../../scope-sql";
import { kindSql } from "../kind-sql";
import { pgArray } from "../pg-array";
import { quarterText } from "../quarter";
import { noteLate } from "../time-spent/note-late";
import { lockProgress } from "../time-spent/write-stored";

/** Notes that the deleted events in `gone` no longer count in what is stored of time spent. They were the oldest. */
function floorSql({ companyId }: CompanyWriteScope): SQL {
  return sql`floored as (
      insert into time_spent_progress (company_id, floor_at)
      select ${companyId}::int, max(occurred_at) + interval '1 millisecond' from gone having count(*) > 0
      on conflict (company_id) do update set floor_at = greatest(time_spent_progress.floor_at, excluded.floor_at)
    )`;
}

/**
 * Computers whose stored time counts deleted events of `gone` that the floor doesn't take from it: they arrived below the
 * floor, and the time was stored anew since. Each with its oldest such event.
 */
function outlivedSql({ companyId }: CompanyWriteScope, floor: number | null): SQL {
  return sql`outlived as (
      select g.computer_id, min(g.occurred_at) as at
      from gone g join time_spent_months m on m.company_id = ${companyId} and m.computer_id = g.computer_id
        and m.floor_at > g.occurred_at
      where ${floor === null ? sql`false` : sql`g.occurred_at < ${new Date(floor).toISOString()}`}
        and ${kindSql("g.kind", ACTING_KINDS)}
      group by g.computer_id
    )`;
}

export interface DeletedEvents {
  deleted: number;
  /** Time of the newest deleted event; the next batch begins there instead of walking over what is dead already. */
  reached: Date | null;
}

interface DeletedRow extends Record<string, unknown> {
  deleted: number;
  reached_ms: string | null;
  outlived: [computerId: number, at: number][] | null;
}

/**
 * Deletes up to `limit` of the company's events of [from, before), oldest first, and takes them off the counts; null
 * is without a bound.
 *
 * The commit is not waited for on disk: a crash may bring the last batch back, and the next run deletes it again.
 */
export async function deleteOldEvents(
  tx: Transaction,
  scope: CompanyWriteScope,
  { from, before, limit }: { from: Date | null; before: Date | null; limit: number },
): Promise<DeletedEvents> {
  await tx.execute(sql`select set_config('synchronous_commit', 'off', true)`);
  // Held until the commit: the job would store meanwhile what these events come to, and no note would tell of it.
  const floor = await lockProgress(tx, scope);
  const [row] = await tx.execute<DeletedRow>(sql`
    with gone as (
      delete from events where company_id = ${scope.companyId} and ctid = any(array(
        select ctid from events
        where company_id = ${scope.companyId} ${before ? sql`and occurred_at < ${before.toISOString()}` : sql``}
          ${from ? sql`and occurred_at >= ${from.toISOString()}` : sql``}
        order by occurred_at, fingerprint limit ${limit}))
      returning site_id, computer_id, kind, occurred_at
    ), summed as (
      select ${sql.raw(quarterText("occurred_at"))} as bucket_at, site_id, kind,
        count(*)::int as number
      from gone group by 1, 2, 3
    ), counted as (
      update event_counts c set count = c.count - s.number from summed s
      where c.company_id = ${scope.companyId} and c.bucket_at = s.bucket_at and c.site_id = s.site_id
        and c.kind = s.kind
    ), ${floorSql(scope)}, ${outlivedSql(scope, floor)}
    select count(*)::int as deleted, extract(epoch from max(occurred_at)) * 1000 as reached_ms,
      (select json_agg(json_build_array(computer_id, extract(epoch from at) * 1000)) from outlived) as outlived
    from gone`);
  const { deleted, reached_ms, outlived } = row!;
  await noteLate(
    tx,
    scope,
    (outlived ?? []).map(([computerId, at]) => ({ computerId, at })),
  );
  return { deleted, reached: reached_ms === null ? null : new Date(Number(reached_ms)) };
}

/** Deletes what is left of the counts and of presence before the instant, up to `limit` rows of each; gives how many. */
export async function deleteOldDerivedRows(
  tx: Transaction,
  scope: CompanyWriteScope,
  before: Date,
  limit: number,
): Promise<number> {
  const [row] = await tx.execute<{ deleted: number }>(sql`
    with counts as (
      delete from event_counts where company_id = ${scope.companyId} and ctid = any(array(
        select ctid from event_counts
        where company_id = ${scope.companyId} and bucket_at < ${before.toISOString()} and count <= 0 limit ${limit}))
        and count <= 0
      returning 1
    ), present as (
      delete from presence where company_id = ${scope.companyId} and ctid = any(array(
        select ctid from presence where company_id = ${scope.companyId} and at < ${before.toISOString()} limit ${limit}))
        and at < ${before.toISOString()}
      returning 1
    ), stored as (
      delete from time_spent_months where company_id = ${scope.companyId} and through_at <= ${before.toISOString()}
    )
    select (select count(*) from counts)::int + (select count(*) from present)::int as deleted`);
  return row!.deleted;
}

export type ParentTable = "accounts" | "computers";

const SEEN: Record<ParentTable, string> = {
  accounts: "p.last_seen_at",
  computers: "greatest(p.last_seen_at, p.last_health_at)",
};
/** What rules remember them by. */
const SUBJECT: Record<ParentTable, string> = { accounts: "account:", computers: "computer:" };
const EVENT_COLUMN: Record<ParentTable, string> = { accounts: "account_id", computers: "computer_id" };

/** Which accounts and computers are forgotten, but for those that events name. */
export interface Forgotten {
  /** Not seen since. */
  before: Date;
  /** Computers whose health was ever checked are not forgotten, however long ago that was. */
  isHealthKept?: boolean;
}

function isForgotten(table: ParentTable, scope: CompanyWriteScope, { before, isHealthKept }: Forgotten) {
  const unchecked = isHealthKept && table === "computers" ? sql`and p.last_health_at is null` : sql``;
  return sql`p.company_id = ${scope.companyId} and ${sql.raw(SEEN[table])} < ${before.toISOString()} ${unchecked}
    and not exists (select 1 from events e where e.company_id = ${scope.companyId}
      and e.${sql.raw(EVENT_COLUMN[table])} = p.id)`;
}

/** Accounts or computers not seen since the instant and without any event, by id, behind `afterId`. */
export async function listForgotten(
  tx: Transaction,
  scope: CompanyWriteScope,
  table: ParentTable,
  { afterId, limit, ...forgotten }: Forgotten & { afterId: number; limit: number },
): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    select p.id from ${sql.raw(table)} p
    where ${isForgotten(table, scope, forgotten)} and p.id > ${afterId} order by p.id limit ${limit}`);
  return rows.map((row) => row.id);
}

/**
 * Deletes those of the ids that are still forgotten, with their exceptions and what rules remember of them; gives how many.
 *
 * The company's row is locked first, as before deleting anything that events may name: agents of the company wait
 * meanwhile, so pass few ids.
 */
export async function deleteForgotten(
  tx: Transaction,
  scope: CompanyWriteScope,
  table: ParentTable,
  { ids, ...forgotten }: Forgotten & { ids: readonly number[] },
): Promise<number> {
  await tx.execute(sql`select from app_auth_companies where id = ${scope.companyId} for update`);
  const [row] = await tx.execute<{ deleted: number }>(sql`
    with gone as (
      delete from ${sql.raw(table)} p
      where ${isForgotten(table, scope, forgotten)} and p.id = any(${pgArray(ids)}::int[])
      returning p.id
    ), remembered as (
      delete from detection_states where company_id = ${scope.companyId}
        and subject_key in (select ${SUBJECT[table]} || id from gone)
    ), excepted as (
      delete from detection_exceptions where company_id = ${scope.companyId}
        and ${sql.raw(EVENT_COLUMN[table])} in (select id from gone)
    )
    select count(*)::int as deleted from gone`);
  return row!.deleted;
}

/** Events of the companies before the instant, which lies on a quarter of an hour, from the counts. */
export async function countOldEvents(tx: Transaction, scope: CompanyScope, before: Date): Promise<number> {
  const [row] = await tx.execute<{ count: string }>(sql`
    select coalesce(sum(count), 0) as count from event_counts
    where ${companySql(scope, "company_id")} and bucket_at < ${before.toISOString()}`);
  return Number(row!.count);
}
