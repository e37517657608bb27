import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { addressSql } from "../events/failed-sql";
import { pgArray } from "../pg-array";
import { KIND_CODE } from "@/lib/domain/events/kinds";

/** A lockout with the names of the time; instants in epoch milliseconds. */
export interface LockoutRow extends Record<string, unknown> {
  id: number;
  at: number;
  accountId: number;
  account: string;
  computerId: number;
  computer: string;
  siteId: number;
  site: string;
}

/** Lockouts received since the instant, in that order. */
export async function listNewLockouts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  receivedSince: Date,
  notBefore: Date,
): Promise<LockoutRow[]> {
  const rows = await tx.execute<LockoutRow>(sql`
    select e.id::float8 as id, (extract(epoch from e.occurred_at) * 1000)::float8 as at, e.account_id as "accountId",
      a.name as account, e.computer_id as "computerId", c.name as computer, e.site_id as "siteId", s.name as site
    from events e
    join accounts a on a.company_id = e.company_id and a.id = e.account_id
    join computers c on c.company_id = e.company_id and c.id = e.computer_id
    join sites s on s.company_id = e.company_id and s.id = e.site_id
    where e.company_id = ${companyId} and e.kind = ${KIND_CODE.lockout}
      and e.received_at > ${receivedSince.toISOString()} and e.occurred_at > ${notBefore.toISOString()}
    order by e.received_at, e.id`);
  return [...rows];
}

/** The subjects of bursts that go on. */
export async function listOpenBursts(tx: Transaction, { companyId }: CompanyWriteScope): Promise<string[]> {
  const rows = await tx.execute<{ subject: string }>(sql`
    select subject from notifications
    where company_id = ${companyId} and kind = 'logon.burst' and ended_at is null order by id`);
  return rows.map(({ subject }) => subject);
}

/** The subjects of bursts, as the kind spells them, that failed again since the instant. */
export async function listFailingSubjects(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  since: Date,
): Promise<Set<string>> {
  const rows = await tx.execute<{ subject: string }>(sql`
    select case when account_id is not null then 'account:' || account_id else 'address:' || address end as subject
    from (
      select e.account_id, ${addressSql} as address from events e
      where e.company_id = ${companyId} and e.kind = ${KIND_CODE.logon_failed} and e.occurred_at > ${since.toISOString()}
    ) failed group by grouping sets ((account_id), (address)) having account_id is not null or address is not null`);
  return new Set(rows.map(({ subject }) => subject));
}

/** Ends open bursts at the instant. */
export async function endBursts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  subjects: readonly string[],
  at: Date,
): Promise<void> {
  if (subjects.length === 0) return;
  await tx.execute(sql`
    update notifications set ended_at = ${at.toISOString()}
    where company_id = ${companyId} and kind = 'logon.burst' and ended_at is null
      and subject = any(${pgArray(subjects)}::text[])`);
}
