import { sql, type SQL } from "drizzle-orm";
import { companySql, sameCompanySql } from "../../scope-sql";
import { pgArray } from "../pg-array";
import { instantSql, rangeSql, residualSql, type EventMatch } from "./event-match";
import { beyondSql, type TimeWalk } from "./strands";

const quarter = sql`interval '15 minutes'`;

/** The matching rows of the rollup as relation `n`; every one of them holds an event. Needs sites and kinds. */
export function matchingCountsSql(match: EventMatch): SQL {
  const companyIds = pgArray(match.sites!.map((site) => site.companyId));
  const siteIds = pgArray(match.sites!.map((site) => site.id));
  return sql`event_counts n
    join unnest(${companyIds}::int[], ${siteIds}::int[]) as site (company_id, id)
      on site.company_id = n.company_id and site.id = n.site_id
    where ${companySql(match, "n.company_id")} and n.kind = any(${pgArray(match.kinds!)}::smallint[])
      and n.count > 0`;
}

/**
 * Events of kinds at sites that are each common and together rare, in no order: the rollup tells the quarters of an
 * hour in which they met, and only these are looked through.
 *
 * With a `page`, at least its events. A cell at either end of the range or beside the cursor may hold none of them,
 * hence the cells of two quarters more than the page has rows.
 */
export function cellsSql(match: EventMatch, page: { walk: TimeWalk; limit: number } | null): SQL {
  const upTo = match.to === null ? sql`` : sql` and n.bucket_at < ${instantSql(match.to)}`;
  const cells = sql`select n.company_id, n.bucket_at, n.kind from ${matchingCountsSql(match)}
    and n.bucket_at > ${instantSql(match.from)} - ${quarter}${upTo}${page ? nearestSql(match, page) : sql``}`;
  return sql`select e.* from (select distinct company_id, bucket_at, kind from (${cells}) cell) s
    cross join lateral (
      select e.* from events e where ${sameCompanySql(match, "e.company_id", "s.company_id")} and e.kind = s.kind
        and e.occurred_at >= s.bucket_at and e.occurred_at < s.bucket_at + ${quarter}
        and ${rangeSql(match)}${page ? beyondSql(page.walk) : sql``}${residualSql(match, ["kinds"])}
      offset 0
    ) e`;
}

function nearestSql(match: EventMatch, { walk, limit }: { walk: TimeWalk; limit: number }): SQL {
  const spare = 2 * match.kinds!.length * match.sites!.length;
  const at = walk.from && instantSql(walk.from.at);
  if (walk.isDescending) {
    const beyond = at ? sql` and n.bucket_at <= ${at}` : sql``;
    return sql`${beyond} order by n.bucket_at desc limit ${limit + spare}`;
  }
  const beyond = at ? sql` and n.bucket_at > ${at} - ${quarter}` : sql``;
  return sql`${beyond} order by n.bucket_at asc limit ${limit + spare}`;
}
