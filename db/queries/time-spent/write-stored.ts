import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { instantSql } from "../events/event-match";
import { pgArray, sparsePgArray } from "../pg-array";

/** Takes the company's progress for the rest of the transaction, so that two never store for it at once. Gives its floor. */
export async function lockProgress(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
): Promise<number | null> {
  await tx.execute(sql`
    insert into time_spent_progress (company_id) select company_id from tenants where company_id = ${companyId}
    on conflict do nothing`);
  const [row] = await tx.execute<{ ms: string | null }>(sql`
    select extract(epoch from floor_at) * 1000 as ms from time_spent_progress where company_id = ${companyId} for update`);
  return row?.ms == null ? null : Number(row.ms);
}

/** Notes that a run is at the company. One that dies on the way leaves that, so that the next looks at the company. */
export async function noteStoring(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(
    sql`update time_spent_progress set through_at = '-infinity' where company_id = ${companyId}`,
  );
}

/** Notes that all is stored through the instant (epoch milliseconds), unless stored time was forgotten since noteStoring. */
export async function noteStoredThrough(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  through: number,
): Promise<void> {
  await tx.execute(sql`
    update time_spent_progress set through_at = ${instantSql(through)}
    where company_id = ${companyId} and through_at = '-infinity'`);
}

/**
 * Computers behind `afterId` with events before `until` that are not stored, with some that arrived late, or stored
 * through later than `believed`; by id.
 */
export async function listComputersToStore(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { until, believed, afterId, limit }: { until: number; believed: number; afterId: number; limit: number },
): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    select c.id from computers c cross join lateral (
      select coalesce(max(m.through_at), '-infinity') as at from time_spent_months m
      where m.company_id = ${companyId} and m.computer_id = c.id
    ) stored
    where c.company_id = ${companyId} and c.id > ${afterId}
      and ((stored.at < ${instantSql(until)} and c.last_seen_at >= stored.at)
        or stored.at > ${instantSql(believed)}
        or exists (select 1 from time_spent_late l where l.company_id = ${companyId} and l.computer_id = c.id))
    order by c.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** From where a computer's time is to be stored; instants in epoch milliseconds. */
export interface StoredBase {
  computerId: number;
  /** null: from its first event. */
  through: number | null;
  month: number | null;
  /** The floor that its rows have or, without any, are to have. */
  floor: number | null;
  carry: Buffer | null;
}

interface BaseRow extends Record<string, unknown> {
  id: number;
  through_ms: string | null;
  month_ms: string | null;
  floor_ms: string | null;
  carry: Buffer | null;
}

/**
 * Deletes what is stored through later than `believed`, what late events have made void, and the notes of them that are
 * seen here; gives for each computer what is left to go on from. Ones that arrive meanwhile leave notes that stay.
 */
export async function dropVoid(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  computerIds: readonly number[],
  { floor, believed }: { floor: number | null; believed: number },
): Promise<StoredBase[]> {
  const asked = sql`any(${pgArray(computerIds)}::int[])`;
  const floorAt = floor === null ? sql`null::timestamptz` : instantSql(floor);
  await tx.execute(sql`
    with noted as (
      delete from time_spent_late where company_id = ${companyId} and computer_id = ${asked} returning computer_id, at
    ), late as (
      select computer_id, min(at) as at from noted group by computer_id
    )
    delete from time_spent_months m using late l
    where m.company_id = ${companyId} and m.computer_id = l.computer_id
      and (m.through_at > l.at or l.at < ${floorAt})`);
  await tx.execute(sql`
    delete from time_spent_months where company_id = ${companyId} and computer_id = ${asked}
      and through_at > ${instantSql(believed)}`);
  const rows = await tx.execute<BaseRow>(sql`
    select c.id, extract(epoch from m.through_at) * 1000 as through_ms, extract(epoch from m.month) * 1000 as month_ms,
      extract(epoch from case when m.month is null then ${floorAt} else m.floor_at end) * 1000 as floor_ms, m.carry
    from unnest(${pgArray(computerIds)}::int[]) as c (id) left join lateral (
      select * from time_spent_months m where m.company_id = ${companyId} and m.computer_id = c.id
      order by m.month desc limit 1
    ) m on true`);
  const number = (text: string | null) => (text === null ? null : Number(text));
  return rows.map((row) => ({
    computerId: row.id,
    through: number(row.through_ms),
    month: number(row.month_ms),
    floor: number(row.floor_ms),
    carry: row.carry,
  }));
}

/** What is to be added to a computer's month; instants in epoch milliseconds. */
export interface MonthAddition {
  computerId: number;
  month: number;
  through: number;
  floor: number | null;
  heads: Uint8Array;
  details: Uint8Array;
  carry: Uint8Array;
}

/** Adds what was stored behind what the months hold already. */
export async function addToMonths(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  additions: readonly MonthAddition[],
): Promise<void> {
  const instants = (pick: (addition: MonthAddition) => number) =>
    pgArray(additions.map((addition) => new Date(pick(addition)).toISOString()));
  const floors = additions.map(({ floor }) => (floor === null ? null : new Date(floor).toISOString()));
  const bytes = (pick: (addition: MonthAddition) => Uint8Array) =>
    pgArray(additions.map((addition) => `\\x${Buffer.from(pick(addition)).toString("hex")}`));
  await tx.execute(sql`
    insert into time_spent_months (company_id, computer_id, month, through_at, floor_at, heads, details, carry)
    select ${companyId}, * from unnest(
      ${pgArray(additions.map(({ computerId }) => computerId))}::int[],
      ${instants(({ month }) => month)}::timestamptz[], ${instants(({ through }) => through)}::timestamptz[],
      ${sparsePgArray(floors)}::timestamptz[],
      ${bytes(({ heads }) => heads)}::bytea[], ${bytes(({ details }) => details)}::bytea[],
      ${bytes(({ carry }) => carry)}::bytea[]) as added (computer_id, month, through_at, floor_at, heads, details, carry)
    on conflict (company_id, computer_id, month) do update set through_at = excluded.through_at,
      heads = time_spent_months.heads || excluded.heads, details = time_spent_months.details || excluded.details,
      carry = excluded.carry`);
}

/**
 * Forgets what is stored of a company of which events were deleted, together with the floor, which is there only for what
 * was stored before. Readers count its events until the job has stored all of it anew. Nothing without a floor.
 *
 * Where the floor stayed, events that come again below it would be stored with it, and whatever is deleted of them made
 * that void once more, night after night.
 */
export async function forgetStored(tx: Transaction, scope: CompanyWriteScope): Promise<void> {
  const { companyId } = scope;
  if ((await lockProgress(tx, scope)) === null) return;
  await tx.execute(sql`delete from time_spent_months where company_id = ${companyId}`);
  await tx.execute(sql`delete from time_spent_late where company_id = ${companyId}`);
  await tx.execute(sql`
    update time_spent_progress set through_at = null, floor_at = null where company_id = ${companyId}`);
}

/** Deletes the notes of events on computers that are gone. */
export async function deleteStrayNotes(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`
    delete from time_spent_late l where l.company_id = ${companyId}
      and not exists (select 1 from computers c where c.company_id = ${companyId} and c.id = l.computer_id)`);
}
