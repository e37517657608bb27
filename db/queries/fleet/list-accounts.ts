import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql, sameCompanySql } from "../../scope-sql";
import type { AccountRow, AccountSort, PresenceFilter } from "@/lib/domain/reports/account-columns";
import type { AskedUse } from "@/lib/domain/reports/used-filter";
import { epoch } from "../column-sql";
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

const SORT_KEYS: Readonly<Record<AccountSort, Pick<Keyset, "key" | "type">>> = {
  userName: { key: sql`a.name_key`, type: "text" },
  company: { key: sql`lower(co.name)`, type: "text" },
  lastSeen: { key: epoch("a.last_seen_at"), type: "float8" },
  firstSeen: { key: epoch("a.first_seen_at"), type: "float8" },
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
  const rows = await tx.execute<AccountRow & { sortKey: string | number } & Record<string, unknown>>(sql`
    with page as materialized (
      select a.company_id, a.id, ${keyset.key} as sort_key,
        row_number() over (order by ${keysetOrderSql(keyset, "a")}) as place
      from ${source}
      where ${matchSql(scope, match)} and ${behindSql(keyset, "a")}
      order by ${keysetOrderSql(keyset, "a")} limit ${limit}
    )
    select a.company_id as "companyId", co.name as "companyName", a.id, a.name,
      ${epoch("a.first_seen_at")} as "firstSeenAt", ${epoch("a.last_seen_at")} as "lastSeenAt",
      used.computer_id as "lastComputerId", c.name as "lastComputerName", s.name as "lastSiteName",
      ${epoch("used.at")} as "lastUsedAt", counted.computers as "computerCount", counted.present as "presentCount",
      counted.active as "activeCount", page.sort_key as "sortKey"
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
  return rows.map(({ sortKey, ...row }) => ({ row, sortKey }));
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
