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

/** Whether the account `a`, or the computer `c`, was used as asked. */
export function usedSql(scope: CompanyScope, { isUsed, within }: AskedUse, table: PresenceOf): SQL {
  const maybe = inPresenceSql(scope, table, { condition: usedWithinSql(within) });
  const used = within ? sql`(${maybe} and ${provenWithinSql(scope, within, table)})` : maybe;
  return isUsed ? used : sql`not ${used}`;
}

/** By the newest session event of somebody somewhere, or else, where all are later, by one look into the events. */
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
