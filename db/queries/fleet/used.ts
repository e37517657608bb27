import { sql, type SQL } from "drizzle-orm";
import type { CompanyScope } from "../../scope";
import type { AskedUse } from "@/lib/domain/reports/used-filter";
import { instantSql } from "../events/event-match";
import { isAccountSql } from "../kind-sql";
import { inPresenceSql, type PresenceOf } from "./in-presence";

/** Whether presence `p` is an account's session events within the range, as far as the first and the newest tell. */
export function usedWithinSql(within: AskedUse["within"]): SQL {
  const isAccount = isAccountSql("p.account_id");
  if (!within) return isAccount;
  return sql`${isAccount} and p.at >= ${instantSql(within.from)} and p.first_at < ${instantSql(within.to)}`;
}

/** Whether the account `a`, or the computer `c`, was used as asked. */
export function usedSql(scope: CompanyScope, { isUsed, within }: AskedUse, table: PresenceOf): SQL {
  const used = inPresenceSql(scope, table, { condition: usedWithinSql(within) });
  return isUsed ? used : sql`not ${used}`;
}
