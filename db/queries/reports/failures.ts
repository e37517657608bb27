import { sql, type SQL } from "drizzle-orm";
import { sameCompanySql } from "../../scope-sql";
import type { Transaction } from "../../client";
import { pgArray } from "../pg-array";
import type { EventMatch } from "../events/event-match";
import { addressSql, statedSql, type StatedReason } from "../events/failed-sql";
import { matchSql } from "./match-sql";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import type { FailureGroup, FailureRow } from "@/lib/domain/reports/failure-columns";

/** Every combination of kind, status and sub-status among the matching failures. */
export async function listStatedReasons(tx: Transaction, match: EventMatch): Promise<StatedReason[]> {
  const rows = await tx.execute<{ kind: number; status: string; sub_status: string }>(sql`
    select distinct e.kind, coalesce(e.status, '') as status, coalesce(e.sub_status, '') as sub_status
    from events e where ${matchSql(match)}`);
  return rows.map((row) => ({ kind: row.kind, status: row.status, subStatus: row.sub_status }));
}

/** A stated reason with its name, and in English. */
export type WordedReason = StatedReason & { name: string; words: string };

const GROUP: Record<FailureGroup, { key: SQL; name: SQL; table?: string }> = {
  account: {
    key: sql`e.account_id`,
    name: sql`n.name`,
    table: "accounts",
  },
  computer: {
    key: sql`e.computer_id`,
    name: sql`n.name`,
    table: "computers",
  },
  address: { key: addressSql, name: sql`g.key` },
  reason: { key: sql`r.words`, name: sql`g.key` },
};

/**
 * The matching failures by account, computer, address or reason, most failed logons and lockouts first, then the
 * latest, then by name. `reasons` must hold a line for every combination that occurs.
 */
export async function countFailures(
  tx: Transaction,
  match: EventMatch,
  groupBy: FailureGroup,
  reasons: readonly WordedReason[],
  limit: number,
): Promise<FailureRow[]> {
  const { key, name, table } = GROUP[groupBy];
  const join = table
    ? sql`join ${sql.raw(table)} n on ${sameCompanySql(match, "n.company_id", "g.company_id")} and n.id = g.key`
    : sql``;
  const rows = await tx.execute<Record<string, string | null>>(sql`
    with failed as (
      select e.company_id, ${key} as key, e.kind, e.account_id, e.computer_id, ${addressSql} as address, e.occurred_at,
        r.words
      from events e join (${reasonsSql(reasons)}) r on (r.kind, r.status, r.sub_status) = (${statedSql})
      where ${matchSql(match)}
    ), groups as (
      select company_id, key, count(*) filter (where kind = ${KIND_CODE.logon_failed}) as failures,
        count(*) filter (where kind = ${KIND_CODE.lockout}) as lockouts, count(distinct account_id) as accounts,
        count(distinct computer_id) as computers, count(distinct address) as addresses,
        mode() within group (order by words) as main_reason, min(occurred_at) as first_at, max(occurred_at) as last_at
      from failed group by company_id, key
    )
    select g.*, ${name} as name, ${table ? sql`g.key` : sql`null`} as id, co.name as company_name,
      extract(epoch from g.first_at) * 1000 as first_ms, extract(epoch from g.last_at) * 1000 as last_ms
    from groups g ${join} join app_auth_companies co on co.id = g.company_id
    order by g.failures + g.lockouts desc, g.last_at desc, lower(${name}), g.company_id
    limit ${limit}`);
  const names = new Map(reasons.map((reason) => [reason.words, reason.name]));
  return rows.map((row) => toRow(row, groupBy === "reason", names));
}

function reasonsSql(reasons: readonly WordedReason[]): SQL {
  const column = (pick: (reason: WordedReason) => string | number) => pgArray(reasons.map(pick));
  return sql`select * from unnest(${column(({ kind }) => kind)}::smallint[], ${column(({ status }) => status)}::text[],
    ${column(({ subStatus }) => subStatus)}::text[], ${column(({ words }) => words)}::text[])
    as reason (kind, status, sub_status, words)`;
}

function toRow(
  row: Record<string, string | null>,
  isReason: boolean,
  names: ReadonlyMap<string, string>,
): FailureRow {
  return {
    companyId: Number(row.company_id),
    companyName: row.company_name!,
    id: row.id == null ? null : Number(row.id),
    name: row.name ?? null,
    failures: Number(row.failures),
    lockouts: Number(row.lockouts),
    accounts: Number(row.accounts),
    computers: Number(row.computers),
    addresses: Number(row.addresses),
    reason: isReason ? names.get(row.name!)! : null,
    mainReason: names.get(row.main_reason!)!,
    mainReasonWords: row.main_reason!,
    firstFailureAt: Number(row.first_ms),
    lastFailureAt: Number(row.last_ms),
  };
}
