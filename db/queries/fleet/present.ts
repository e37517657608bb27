import { sql, type SQL } from "drizzle-orm";

/** For a query over presence `p`: `slept` and `ended` are what befell the whole computer last. */
export const presenceJoins = sql`
  left join presence slept on slept.company_id = p.company_id and slept.computer_id = p.computer_id and slept.account_id = 0
  left join presence ended on ended.company_id = p.company_id and ended.computer_id = p.computer_id and ended.account_id = -1`;

/**
 * Whether the account of `p` is signed in: its newest start or pause is no older than `since`, with no end, shutdown
 * or startup after it.
 */
export function isPresentSql(since: Date): SQL {
  return sql`(p.account_id > 0 and p.kind <> 6 and p.at >= ${since.toISOString()} and (ended.at is null or ended.at < p.at))`;
}

/** Of one signed in: whether it is active. A sleep counts as a pause. */
export const isActiveSql = sql`(p.kind <= 3 and (slept.at is null or slept.at < p.at))`;
