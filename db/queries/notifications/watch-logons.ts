import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { addressSql } from "../events/failed-sql";
import { pgArray } from "../pg-array";
import { kindSql } from "../kind-sql";
import { KIND_CODE, START_KINDS } from "@/lib/domain/events/kinds";

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

/** A burst that was told. */
export interface ToldBurst {
  id: number;
  subject: string;
  params: Record<string, unknown>;
  /** Epoch milliseconds; null while it goes on. */
  endedAt: number | null;
}

/** Bursts told of that go on or ended after the instant. */
export async function listToldBursts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  endedAfter: Date,
): Promise<ToldBurst[]> {
  const rows = await tx.execute<{
    id: number;
    subject: string;
    params: Record<string, unknown>;
    ended: number | null;
  }>(sql`
    select id, subject, params, (extract(epoch from ended_at) * 1000)::float8 as ended from notifications
    where company_id = ${companyId} and kind = 'logon.burst'
      and (ended_at is null or ended_at > ${endedAfter.toISOString()}) order by id`);
  return rows.map(({ ended, ...row }) => ({ ...row, endedAt: ended }));
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

export interface SuccessRow extends Record<string, unknown> {
  place: number;
  at: number;
  accountId: number;
  account: string;
  computerId: number;
  computer: string;
  siteId: number;
  site: string;
}

export interface AskedSuccess {
  /** Of a burst on one account. */
  accountId: number | null;
  /** Of a burst from one address; the account must have failed from there since `from`. */
  address: string | null;
  /** Epoch milliseconds. */
  from: number;
  since: number;
  until: number;
  /** Starts before it were looked at already. */
  notBefore: number;
}

const MOST_PLACES = 200;

/** The first start that followed each burst, where there is one. `place` is the burst's in the list. */
export async function findFirstSuccesses(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  asked: readonly AskedSuccess[],
): Promise<SuccessRow[]> {
  const found: SuccessRow[] = [];
  for (const [place, { accountId, address, from, since, until, notBefore }] of asked
    .slice(0, MOST_PLACES)
    .entries()) {
    const [begin, end] = [Math.max(since, notBefore), until].map((at) => new Date(at).toISOString());
    const isTheirs =
      accountId === null
        ? sql`${addressSql} = ${address} and exists (
            select from events f where f.company_id = e.company_id and f.account_id = e.account_id and f.kind = ${KIND_CODE.logon_failed}
              and f.occurred_at >= ${new Date(from).toISOString()} and f.occurred_at <= e.occurred_at
              and ${sql.raw("coalesce(nullif(nullif(btrim(f.source_ip), '-'), ''), f.local_ip)")} = ${address})`
        : sql`e.account_id = ${accountId}`;
    const rows = await tx.execute<SuccessRow>(sql`
      select ${place}::int as place, (extract(epoch from e.occurred_at) * 1000)::float8 as at,
        e.account_id as "accountId", a.name as account, e.computer_id as "computerId", c.name as computer,
        e.site_id as "siteId", s.name as site
      from (
        select e.* from events e where e.company_id = ${companyId} and ${kindSql("e.kind", START_KINDS)}
          and e.occurred_at >= ${begin} and e.occurred_at <= ${end} and ${isTheirs}
        order by e.occurred_at, e.id limit 1
      ) e
      join accounts a on a.company_id = e.company_id and a.id = e.account_id
      join computers c on c.company_id = e.company_id and c.id = e.computer_id
      join sites s on s.company_id = e.company_id and s.id = e.site_id`);
    found.push(...rows);
  }
  return found;
}

/** The one site that all failures on these computers between the instants came from; null when they are several. */
export async function findCommonSite(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { computerIds, from, to }: { computerIds: readonly number[]; from: number; to: number },
): Promise<{ id: number; name: string } | null> {
  const [first, last] = [from, to].map((at) => new Date(at).toISOString());
  const rows = await tx.execute<{ id: number; name: string }>(sql`
    select distinct s.id, s.name from events e join sites s on s.company_id = e.company_id and s.id = e.site_id
    where e.company_id = ${companyId} and e.kind = ${KIND_CODE.logon_failed} and e.occurred_at >= ${first} and e.occurred_at <= ${last}
      and e.computer_id = any(${pgArray(computerIds)}::int[]) limit 2`);
  return rows.length === 1 ? rows[0]! : null;
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
