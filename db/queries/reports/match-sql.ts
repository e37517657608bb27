import { sql, type SQL } from "drizzle-orm";
import { companySql } from "../../scope-sql";
import { pgArray } from "../pg-array";
import { rangeSql, residualSql, type EventMatch, type Reference } from "../events/event-match";

/**
 * All the conditions of event `e`, for what reads every matching event and not a page of them.
 *
 * The ids of account, computer and site stand there once more by themselves: in that form they bound an index.
 */
export function matchSql(match: EventMatch): SQL {
  const parts = [
    sql`${companySql(match, "e.company_id")} and ${rangeSql(match)}`,
    ...idsSql("account_id", match.account),
    ...idsSql("computer_id", match.computer),
    ...idsSql("site_id", match.sites),
  ];
  return sql`${sql.join(parts, sql` and `)}${residualSql(match, [])}`;
}

function idsSql(column: string, references: readonly Reference[] | null): SQL[] {
  if (references === null) return [];
  return [sql`${sql.raw(`e.${column}`)} = any(${pgArray(references.map(({ id }) => id))}::int[])`];
}
