import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql, sameCompanySql } from "../../scope-sql";
import type { AccountRow, AccountSort } from "@/lib/domain/reports/account-columns";
import type { PresenceFilter } from "@/lib/domain/reports/account-columns";
import type { AskedUse } from "@/lib/domain/reports/used-filter";
import { instantSql } from "../events/event-match";
import { containsPattern } from "../events/match-names";
import { inPresenceSql } from "./in-presence";
import { behindSql, keysetOrderSql, type Keyset, type Placed } from "./keyset";
import { presentSql, type PresenceMoment } from "./present";
import { usedSql } from "./used";

/** Which accounts: all given conditions hold. Instants are epoch milliseconds. */
export interface AccountMatch {
  /** The moment of which presence is told. */
  moment: PresenceMoment;
  /** Contained in the name; folded like a name's key. */
  foldedText?: string;
  accountId?: number;
  /** Accounts that have used this computer. */
  computerId?: number;
  /** Accounts whose last session event on some computer came from this site. */
  siteId?: number;
  presence?: PresenceFilter;
  used?: AskedUse;
  /** Seen at some time from `from` on and before `to`, as far as the first and the last time tell. */
  seen?: { from: number; to: number };
}

interface StoredAccount extends Record<string, unknown> {
  company_id: number;
  company_name: string;
  id: number;
  name: string;
  first_ms: string;
  last_ms: string;
  computer_id: number | null;
  computer_name: string | null;
  site_name: string | null;
  used_ms: string | null;
  computer_count: number;
  present_count: number;
  active_count: number;
  sort_key: string | number;
}

const SORT_KEYS: Readonly<Record<AccountSort, Pick<Keyset, "key" | "type">>> = {
  userName: { key: sql`a.name_key`, type: "text" },
  company: { key: sql`lower(co.name)`, type: "text" },
  lastSeen: { key: sql`(extract(epoch from a.last_seen_at) * 1000)::float8`, type: "float8" },
  firstSeen: { key: sql`(extract(epoch from a.first_seen_at) * 1000)::float8`, type: "float8" },
};

export interface AccountOrder {
  by: AccountSort;
  isDescending: boolean;
  after: Keyset["after"];
}

const source = sql`accounts a join app_auth_companies co on co.id = a.company_id`;

/** The first `limit` matching accounts behind `order.after`; what presence tells is looked up for those rows alone. */
// oxlint-disable-next-line max-lines-per-function -- one statement, easier read whole
export async function listAccounts(
  tx: Transaction,
  scope: CompanyScope,
  match: AccountMatch,
  order: AccountOrder,
  limit: number,
): Promise<Placed<AccountRow>[]> {
  const keyset: Keyset = { ...SORT_KEYS[order.by], ...order };
  const { join, isPresent, isActive } = presentSql(scope, match.moment);
  const rows = await tx.execute<StoredAccount>(sql`
    with page as materialized (
      select a.company_id, a.id, ${keyset.key} as sort_key,
        row_number() over (order by ${keysetOrderSql(keyset, "a")}) as place
      from ${source}
      where ${matchSql(scope, match)} and ${behindSql(keyset, "a")}
      order by ${keysetOrderSql(keyset, "a")} limit ${limit}
    )
    select a.company_id, co.name as company_name, a.id, a.name,
      extract(epoch from a.first_seen_at) * 1000 as first_ms, extract(epoch from a.last_seen_at) * 1000 as last_ms,
      used.computer_id, c.name as computer_name, s.name as site_name, extract(epoch from used.at) * 1000 as used_ms,
      counted.computers as computer_count, counted.present as present_count, counted.active as active_count, page.sort_key
    from page join accounts a on ${sameCompanySql(scope, "a.company_id", "page.company_id")} and a.id = page.id
    join app_auth_companies co on co.id = a.company_id
    left join lateral (
      select p.computer_id, p.site_id, p.at from presence p
      where ${sameCompanySql(scope, "p.company_id", "a.company_id")} and p.account_id = a.id order by p.at desc, p.computer_id limit 1
    ) used on true
    left join computers c on ${sameCompanySql(scope, "c.company_id", "a.company_id")} and c.id = used.computer_id
    left join sites s on s.company_id = a.company_id and s.id = used.site_id
    cross join lateral (
      select count(*)::int as computers, count(*) filter (where ${isPresent})::int as present,
        count(*) filter (where ${isActive})::int as active
      from presence p ${join}
      where ${sameCompanySql(scope, "p.company_id", "a.company_id")} and p.account_id = a.id
    ) counted
    order by page.place`);
  return rows.map((row) => ({ row: toAccount(row), sortKey: row.sort_key }));
}

export async function countAccounts(tx: Transaction, scope: CompanyScope, match: AccountMatch) {
  const [row] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from ${source} where ${matchSql(scope, match)}`,
  );
  return row!.count;
}

function matchSql(scope: CompanyScope, match: AccountMatch): SQL {
  const conditions = [sql`${companySql(scope, "a.company_id")}`];
  if (match.foldedText) conditions.push(sql`a.name_key like ${containsPattern(match.foldedText)}`);
  if (match.accountId !== undefined) conditions.push(sql`a.id = ${match.accountId}`);
  const once = (condition: SQL) => conditions.push(inPresenceSql(scope, "a", { condition }));
  if (match.computerId !== undefined) once(sql`p.computer_id = ${match.computerId}`);
  if (match.siteId !== undefined) once(sql`p.site_id = ${match.siteId}`);
  if (match.used !== undefined) conditions.push(usedSql(scope, match.used, "a"));
  if (match.presence !== undefined) conditions.push(presenceSql(scope, match.presence, match.moment));
  if (match.seen !== undefined) {
    conditions.push(
      sql`a.last_seen_at >= ${instantSql(match.seen.from)} and a.first_seen_at < ${instantSql(match.seen.to)}`,
    );
  }
  return sql.join(conditions, sql` and `);
}

function presenceSql(scope: CompanyScope, filter: PresenceFilter, moment: PresenceMoment): SQL {
  const { join, isPresent, isActive } = presentSql(scope, moment);
  const condition = filter === "active" ? isActive : isPresent;
  const present = inPresenceSql(scope, "a", { condition, join });
  return filter === "away" ? sql`not ${present}` : present;
}

function toAccount(row: StoredAccount): AccountRow {
  return {
    companyId: row.company_id,
    companyName: row.company_name,
    id: row.id,
    name: row.name,
    firstSeenAt: Number(row.first_ms),
    lastSeenAt: Number(row.last_ms),
    lastComputerId: row.computer_id,
    lastComputerName: row.computer_name,
    lastSiteName: row.site_name,
    lastUsedAt: row.used_ms === null ? null : Number(row.used_ms),
    computerCount: row.computer_count,
    presentCount: row.present_count,
    activeCount: row.active_count,
  };
}
