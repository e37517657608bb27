import { sql, type SQL } from "drizzle-orm";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import type { AskedUse } from "@/lib/domain/reports/used-filter";
import { instantSql } from "../events/event-match";
import { isAccountSql } from "../kind-sql";

/** Whether presence `p` is an account's session events within the range, as far as the first and the newest tell. */
export function usedWithinSql(within: AskedUse["within"]): SQL {
  const isAccount = isAccountSql("p.account_id");
  if (!within) return isAccount;
  return sql`${isAccount} and p.at >= ${instantSql(within.from)} and p.first_at < ${instantSql(within.to)}`;
}

/** Whether the account `a`, or the computer `c`, was used as asked. */
export function usedSql(
  scope: CompanyScope,
  { isUsed, within }: AskedUse,
  table: keyof typeof IN_PRESENCE,
): SQL {
  const used = inPresenceSql(scope, table, usedWithinSql(within));
  return isUsed ? used : sql`not ${used}`;
}

const IN_PRESENCE = { a: "account_id", c: "computer_id" } as const;

/**
 * Whether the account `a`, or the computer `c`, has presence `p` like that.
 *
 * Presence is asked once for all rows: without `is true`, PostgreSQL makes a join of it, and may then read it again for
 * each row.
 */
function inPresenceSql(scope: CompanyScope, table: keyof typeof IN_PRESENCE, condition: SQL): SQL {
  return sql`((${sql.raw(`${table}.company_id, ${table}.id`)}) in (
    select p.company_id, ${sql.raw(`p.${IN_PRESENCE[table]}`)} from presence p
    where ${companySql(scope, "p.company_id")} and ${condition}) is true)`;
}
