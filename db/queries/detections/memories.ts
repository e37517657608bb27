import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";
import { WATCH_AGENTS } from "@/lib/domain/detections/fleet-memory";
import { THROTTLE } from "@/lib/domain/detections/throttle";

export interface StoredMemory {
  rule: string;
  subjectKey: string;
  memory: unknown;
}

const pairs = (rows: readonly Pick<StoredMemory, "rule" | "subjectKey">[]) => sql`
  select * from unnest(${pgArray(rows.map(({ rule }) => rule))}::text[],
    ${pgArray(rows.map(({ subjectKey }) => subjectKey))}::text[])`;

/** What is remembered of these subjects; those without memory are not among them. */
export async function readMemories(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  wanted: readonly Pick<StoredMemory, "rule" | "subjectKey">[],
): Promise<StoredMemory[]> {
  if (wanted.length === 0) return [];
  const rows = await tx.execute<StoredMemory & Record<string, unknown>>(sql`
    select s.rule, s.subject_key as "subjectKey", s.memory from detection_states s
    where s.company_id = ${companyId} and (s.rule, s.subject_key) in (${pairs(wanted)})`);
  return [...rows];
}

export async function writeMemories(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  rows: readonly StoredMemory[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into detection_states (company_id, rule, subject_key, memory)
    select ${companyId}::int, rule, subject_key, memory from unnest(
      ${pgArray(rows.map(({ rule }) => rule))}::text[], ${pgArray(rows.map(({ subjectKey }) => subjectKey))}::text[],
      ${pgArray(rows.map(({ memory }) => JSON.stringify(memory)))}::jsonb[]) given (rule, subject_key, memory)
    on conflict (company_id, rule, subject_key) do update set memory = excluded.memory, updated_at = now()`);
}

/** A memory's place among a company's; the first has none before it. */
export type MemoryPlace = Pick<StoredMemory, "rule" | "subjectKey">;

export interface KeptDays {
  days: number;
  /** Of what is kept for another time, by the name it is remembered by. */
  otherDays: ReadonlyMap<string, number>;
  /** What is kept however old it is. */
  forever: MemoryPlace;
}

/**
 * Looks through the next `limit` memories behind a place, and deletes those that nothing has touched for the days that they
 * are kept. Gives the place to go on behind; null once all are looked through.
 */
export async function deleteOldMemories(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { days, otherDays, forever }: KeptDays,
  after: MemoryPlace | null,
  limit: number,
): Promise<MemoryPlace | null> {
  const behind = sql`(s.rule, s.subject_key) > (${after?.rule ?? ""}::text, ${after?.subjectKey ?? ""}::text)`;
  const [last] = await tx.execute<MemoryPlace & Record<string, unknown>>(sql`
    select s.rule, s.subject_key as "subjectKey" from detection_states s where s.company_id = ${companyId} and ${behind}
    order by s.rule, s.subject_key offset ${limit - 1} limit 1`);
  const upTo = last
    ? sql`and (s.rule, s.subject_key) <= (${last.rule}::text, ${last.subjectKey}::text)`
    : sql``;
  await tx.execute(sql`
    delete from detection_states where company_id = ${companyId} and ctid = any(array(
      select s.ctid from detection_states s left join unnest(${pgArray([...otherDays.keys()])}::text[],
        ${pgArray([...otherDays.values()])}::int[]) kept (rule, days) on kept.rule = s.rule
      where s.company_id = ${companyId} and ${behind} ${upTo}
        and (s.rule, s.subject_key) <> (${forever.rule}::text, ${forever.subjectKey}::text)
        and s.updated_at < now() - make_interval(days => coalesce(kept.days, ${days}::int))
      for update of s skip locked))`);
  return last ?? null;
}

/** Deletes what is remembered of the company's events; what is remembered of its computers, by health checks, stays. */
export async function deleteEventMemories(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`
    delete from detection_states where company_id = ${companyId} and rule <> ${WATCH_AGENTS}`);
}

/** How many alerts each rule has kept back on the day; rules that kept none back are missing. */
export async function listHeldBack(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  day: string,
): Promise<{ rule: string; held: number }[]> {
  const rows = await tx.execute<{ rule: string; held: number }>(sql`
    select split_part(subject_key, ' ', 1) as rule, (memory ->> 'held')::int as held from detection_states
    where company_id = ${companyId} and rule = ${THROTTLE} and split_part(subject_key, ' ', 2) = ${day}
      and (memory ->> 'held')::int > 0 order by 1`);
  return [...rows];
}
