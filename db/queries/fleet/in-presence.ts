import { sql, type SQL } from "drizzle-orm";
import type { CompanyScope } from "../../scope";
import { sameCompanySql } from "../../scope-sql";

export const PRESENCE_COLUMN = { a: "account_id", c: "computer_id" } as const;
/** The accounts or the computers of a query, by its name for them. */
export type PresenceOf = keyof typeof PRESENCE_COLUMN;

/**
 * Whether the account `a`, or the computer `c`, has presence `p` like that; `join` follows `presence p`.
 *
 * Without `is true`, PostgreSQL makes a join of it, which it may order so that all of presence is read again for each
 * row. As it is, presence is read once, or looked up by its index for each row, whichever is less.
 */
export function inPresenceSql(
  scope: CompanyScope,
  table: PresenceOf,
  { condition, join = sql`` }: { condition: SQL; join?: SQL },
): SQL {
  return sql`((exists (select 1 from presence p ${join}
    where ${sameCompanySql(scope, "p.company_id", `${table}.company_id`)}
      and ${sql.raw(`p.${PRESENCE_COLUMN[table]} = ${table}.id`)} and ${condition})) is true)`;
}
