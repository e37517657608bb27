import { sql, type SQL } from "drizzle-orm";
import type { CompanyScope } from "../../scope";
import { sameCompanySql } from "../../scope-sql";
import { SESSION_KINDS } from "@/lib/domain/events/kinds";
import type { AskedUse } from "@/lib/domain/reports/used-filter";
import { instantSql } from "../events/event-match";
import { isAccountSql, kindSql } from "../kind-sql";
import { inPresenceSql, PRESENCE_COLUMN, type PresenceOf } from "./in-presence";

type Within = NonNullable<AskedUse["within"]>;

/** Whether presence `p` is an account's session events within the range, as far as the first and the newest tell. */
export function usedWithinSql(within: AskedUse["within"]): SQL {
  const isAccount = isAccountSql("p.account_id");
  if (!within) return isAccount;
  return sql`${isAccount} and p.at >= ${instantSql(within.from)} and p.first_at < ${instantSql(within.to)}`;
}

/**
 * Whether the account of presence `p` used its computer within the range. Only where the newest event is later, of a clock
 * that is ahead or in a range that is over, does it take a look into the events.
 */
export function usedForSureSql(scope: CompanyScope, { from, to }: Within): SQL {
  // Adding 0 keeps the planner off a shared computer's index, where it would pass by everybody else's events.
  return sql`${usedWithinSql({ from, to })} and (p.at < ${instantSql(to)} or (
    select 1 from events e
    where ${sameCompanySql(scope, "e.company_id", "p.company_id")} and e.account_id = p.account_id
      and e.computer_id + 0 = p.computer_id and ${kindSql("e.kind", SESSION_KINDS)}
      and e.occurred_at >= ${instantSql(from)} and e.occurred_at < ${instantSql(to)}
    limit 1) is not null)`;
}

/** Whether the account `a`, or the computer `c`, was used as asked. */
export function usedSql(scope: CompanyScope, { isUsed, within }: AskedUse, table: PresenceOf): SQL {
  const maybe = inPresenceSql(scope, table, { condition: usedWithinSql(within) });
  const used = within ? sql`(${maybe} and ${provenWithinSql(scope, within, table)})` : maybe;
  return isUsed ? used : sql`not ${used}`;
}

/** By the newest session event of each presence, or else, where all are later, by one look into the events. */
function provenWithinSql(scope: CompanyScope, { from, to }: Within, table: PresenceOf): SQL {
  const isNewest = sql`${usedWithinSql({ from, to })} and p.at < ${instantSql(to)}`;
  // Not "exists", which PostgreSQL may answer by reading all events of the range.
  return sql`(${inPresenceSql(scope, table, { condition: isNewest })} or (
    select 1 from events e
    where ${sameCompanySql(scope, "e.company_id", `${table}.company_id`)} and ${sql.raw(`e.${PRESENCE_COLUMN[table]} = ${table}.id`)}
      and ${isAccountSql("e.account_id")} and ${kindSql("e.kind", SESSION_KINDS)}
      and e.occurred_at >= ${instantSql(from)} and e.occurred_at < ${instantSql(to)}
    limit 1) is not null)`;
}
