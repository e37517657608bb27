import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { LATE_AFTER_MS } from "@/lib/domain/time-spent/stored-days";
import type { CompanyWriteScope } from "../../scope";
import { instantSql } from "../events/event-match";
import { pgArray } from "../pg-array";

/** The stored time of a computer in a month of UTC; instants in epoch milliseconds. */
export interface StoredMonth {
  computerId: number;
  month: number;
  /** Not included; until then nothing else is to be read of the computer. */
  through: number;
  /** Before it events were deleted since; null where none were. */
  floor: number | null;
  /** Empty in a month before the one that is wanted with its heads. */
  heads: Buffer;
  carry: Buffer;
}

/** Months of UTC by their beginnings, epoch milliseconds. */
export interface StoredMonthsAsked {
  /** The first; of those before `headsFrom` only what they leave open is wanted. */
  month: number;
  headsFrom: number;
  /** Not included. */
  to: number;
}

interface MonthRow extends Record<string, unknown> {
  computer_id: number;
  month_ms: string;
  through_ms: string;
  floor_ms: string | null;
  heads: Buffer;
  carry: Buffer;
}

/**
 * What is stored of the computers in the months from `month` to before `to` and holds yet, by computer and month: nothing
 * from where an event arrived late, and nothing that a clock stored that was ahead (`believedUntil`). Its details are read
 * apart, in the same snapshot.
 */
export async function readStoredMonths(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  computerIds: readonly number[],
  { month, headsFrom, to }: StoredMonthsAsked,
): Promise<StoredMonth[]> {
  const rows = await tx.execute<MonthRow>(sql`
    select m.computer_id, extract(epoch from m.month) * 1000 as month_ms, m.carry,
      case when m.month >= ${instantSql(headsFrom)} then m.heads else '' end as heads,
      extract(epoch from m.through_at) * 1000 as through_ms,
      case when p.floor_at is distinct from m.floor_at then extract(epoch from p.floor_at) * 1000 end as floor_ms
    from time_spent_months m
    left join time_spent_progress p on p.company_id = ${companyId}
    left join (
      select computer_id, min(at) as at from time_spent_late where company_id = ${companyId} group by computer_id
    ) l on l.computer_id = m.computer_id
    where m.company_id = ${companyId} and m.computer_id = any(${pgArray(computerIds)}::int[])
      and m.month >= ${instantSql(month)} and m.month < ${instantSql(to)}
      and m.through_at <= now() - make_interval(secs => ${LATE_AFTER_MS / 1000})
      and (l.at is null or (m.through_at <= l.at and l.at >= coalesce(p.floor_at, l.at)))
    order by m.computer_id, m.month`);
  return rows.map((row) => ({
    computerId: row.computer_id,
    month: Number(row.month_ms),
    through: Number(row.through_ms),
    floor: row.floor_ms === null ? null : Number(row.floor_ms),
    heads: row.heads,
    carry: row.carry,
  }));
}

/** The details of stored months, parallel to them. */
export async function readStoredDetails(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  months: readonly Pick<StoredMonth, "computerId" | "month">[],
): Promise<Buffer[]> {
  const ids = pgArray(months.map(({ computerId }) => computerId));
  const begins = pgArray(months.map(({ month }) => new Date(month).toISOString()));
  const rows = await tx.execute<{ details: Buffer }>(sql`
    select m.details from unnest(${ids}::int[], ${begins}::timestamptz[]) with ordinality as asked (id, month, place)
    join time_spent_months m on m.company_id = ${companyId} and m.computer_id = asked.id and m.month = asked.month
    order by asked.place`);
  if (rows.length < months.length) throw new Error("Stored time has changed while a report was reading it.");
  return rows.map(({ details }) => details);
}
