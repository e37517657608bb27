import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { isAccountSql, kindSql } from "../kind-sql";
import { pgArray } from "../pg-array";
import { HABITS } from "@/lib/domain/detections/learn";
import { START_KINDS } from "@/lib/domain/events/kinds";

/** Waits for the company's cursor and takes it for the rest of the transaction, so that its events aren't checked meanwhile. */
export async function holdCursor(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`select from detection_cursors where company_id = ${companyId} for update`);
}

/** Deletes what was learned of the company's people; when each account was last used stays. */
export async function deleteHabits(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`
    delete from detection_states where company_id = ${companyId} and rule = ${HABITS} and subject_key not like 'account:%'`);
  await tx.execute(sql`
    update detection_states set memory = jsonb_build_object('last', memory -> 'last')
    where company_id = ${companyId} and rule = ${HABITS} and memory ? 'habits'`);
}

/** Has habits learned again from stored events before any further event is checked. */
export async function resetHabits(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`
    update detection_cursors set habits_id = null, habits_target_id = null where company_id = ${companyId}`);
}

/** Notes how far habits are learned from what is stored, and where that ends. */
export async function moveHabits(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  habitsId: number,
  habitsTargetId: number,
): Promise<void> {
  await tx.execute(sql`
    update detection_cursors set habits_id = ${habitsId}, habits_target_id = ${habitsTargetId}
    where company_id = ${companyId}`);
}

/** The first of the company's events up to an id that happened since the instant, by id; null for none. */
export async function firstStoredId(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  since: Date,
  throughId: number,
): Promise<number | null> {
  const [row] = await tx.execute<{ id: number | null }>(sql`
    select min(id)::float8 as id from events
    where company_id = ${companyId} and occurred_at >= ${since.toISOString()} and id <= ${throughId}`);
  return row!.id;
}

export interface LastUse extends Record<string, unknown> {
  accountId: number;
  /** Epoch milliseconds. */
  at: number;
}

/**
 * When accounts last began a session before the instant, by what was stored up to an id: those that began none since
 * would be strangers. What is older than the events that are kept is known where nothing has come after it.
 */
export async function listLastUse(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  since: Date,
  throughId: number,
): Promise<LastUse[]> {
  const before = since.toISOString();
  const rows = await tx.execute<LastUse>(sql`
    select p.account_id as "accountId",
      floor(extract(epoch from greatest(p.start_at, e.occurred_at)) * 1000)::float8 as at
    from (
      select account_id, max(start_at) filter (where start_at < ${before} and start_id <= ${throughId}) as start_at
      from presence where company_id = ${companyId} and ${isAccountSql("account_id")} and first_at < ${before} group by 1
    ) p left join lateral (
      select occurred_at from events where company_id = ${companyId} and account_id = p.account_id
        and ${kindSql("kind", START_KINDS)} and occurred_at < ${before} and id <= ${throughId}
      order by occurred_at desc limit 1
    ) e on true
    where coalesce(p.start_at, e.occurred_at) is not null`);
  return [...rows];
}

/** Notes when accounts were last used, where nothing newer is known. */
export async function seedLastUse(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  rows: readonly LastUse[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into detection_states (company_id, rule, subject_key, memory)
    select ${companyId}::int, ${HABITS}, 'account:' || account_id, jsonb_build_object('last', at)
    from unnest(${pgArray(rows.map(({ accountId }) => accountId))}::int[], ${pgArray(rows.map(({ at }) => at))}::bigint[])
      as used (account_id, at)
    order by account_id
    on conflict (company_id, rule, subject_key) do nothing`);
}

/** When the company's first event happened, as rules know it: epoch milliseconds, null before it. */
export async function readFirstAt(tx: Transaction, { companyId }: CompanyWriteScope): Promise<number | null> {
  const [row] = await tx.execute<{ at: number | null }>(sql`
    select (memory ->> 'firstAt')::float8 as at from detection_states
    where company_id = ${companyId} and rule = ${HABITS} and subject_key = 'company'`);
  return row?.at ?? null;
}
