import { sql, type SQL } from "drizzle-orm";

/** An instant as RFC 3339 text in UTC. `column` is written as it stands: never anything typed. */
export function isoSql(column: string): SQL {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}
