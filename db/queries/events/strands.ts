import { sql, type SQL } from "drizzle-orm";
import { companiesSql, companySql, sameCompanySql } from "../../scope-sql";
import type { Transaction } from "../../client";
import {
  instantSql,
  rangeSql,
  residualSql,
  type Dimension,
  type EventMatch,
  type NameMatch,
  type Reference,
} from "./event-match";
import { referencesSql } from "./references-sql";

/**
 * A strand is one run of an index that stores events in the order of their time: those of a company, or of one kind,
 * site, account or computer of a company. A page is the merged ends of a few strands, so it costs as much as it
 * shows, however many events there are.
 */
export interface StrandSet {
  /** The column equal within a strand besides the company; null where a strand is all of a company. */
  column: "kind" | "site_id" | "account_id" | "computer_id" | null;
  /** A relation with company_id and key; key is whatever the column is equal to. */
  source: SQL;
  isLong: boolean;
  /** The conditions that being in one of these strands fulfils. */
  settled: readonly Dimension[];
}

export function companyStrands(match: EventMatch): StrandSet {
  return {
    column: null,
    source: companiesSql(match),
    isLong: match.companyIds.length > match.effort.shortList,
    settled: [],
  };
}

/** Index ranges that contain every match of the condition. A name gives two overlapping sets. */
export function strandsOf(match: EventMatch, dimension: Dimension): StrandSet[] {
  switch (dimension) {
    case "kinds":
      return [
        listed(
          match,
          "kind",
          dimension,
          match.companyIds.flatMap((companyId) => match.kinds!.map((id) => ({ companyId, id }))),
        ),
      ];
    case "sites":
      return [listed(match, "site_id", dimension, match.sites!)];
    case "account":
      return [listed(match, "account_id", dimension, match.account!)];
    case "computer":
      return [listed(match, "computer_id", dimension, match.computer!)];
    case "names":
      return [nameStrands(match, "account"), nameStrands(match, "computer")];
  }
}

function listed(
  match: EventMatch,
  column: StrandSet["column"],
  dimension: Dimension,
  references: readonly Reference[],
): StrandSet {
  const isLong = references.length > match.effort.shortList;
  return { column, source: referencesSql(match, references), isLong, settled: [dimension] };
}

function nameStrands(match: EventMatch, who: "account" | "computer"): StrandSet {
  const names: NameMatch = match.names!;
  const found = who === "account" ? names.accounts : names.computers;
  if (found) return listed(match, who === "account" ? "account_id" : "computer_id", "names", found);
  const table = sql.raw(who === "account" ? "accounts" : "computers");
  // Names are found first. Citus takes no offset in what it sends to several nodes.
  const first = match.companyIds.length === 1 ? sql`offset 0` : sql``;
  const source = sql`(select n.company_id, n.id as key from ${table} n
    where ${companySql(match, "n.company_id")} and n.name_key like ${names.pattern} ${first}) s`;
  return {
    column: who === "account" ? "account_id" : "computer_id",
    source,
    isLong: true,
    settled: ["names"],
  };
}

/** A place in the order of time and id, and the way one goes from there. */
export interface TimeWalk {
  isDescending: boolean;
  /** Where to go on, not included; null from the beginning. */
  from: { at: number; id: number } | null;
}

/** The order of time; equal times by id. */
export function timeOrderSql(alias: string, isDescending: boolean): SQL {
  const direction = isDescending ? "desc" : "asc";
  return sql.raw(`${alias}.occurred_at ${direction}, ${alias}.id ${direction}`);
}

/** What lies beyond the place on the way, with a leading `and`; the first half alone bounds the index. */
export function beyondSql({ isDescending, from }: TimeWalk): SQL {
  if (!from) return sql``;
  const at = instantSql(from.at);
  return isDescending
    ? sql` and e.occurred_at <= ${at} and (e.occurred_at < ${at} or e.id < ${from.id})`
    : sql` and e.occurred_at >= ${at} and (e.occurred_at > ${at} or e.id > ${from.id})`;
}

/** What holds for event `e` in a strand `s`. */
export function inStrandSql(match: EventMatch, strands: StrandSet): SQL {
  const equal = strands.column ? sql` and ${sql.raw(`e.${strands.column}`)} = s.key` : sql``;
  return sql`${sameCompanySql(match, "e.company_id", "s.company_id")}${equal} and ${rangeSql(match)}${residualSql(match, strands.settled)}`;
}

/**
 * The first `limit` events on the way through a set of strands, as a query for columns of `events`.
 *
 * Of many strands only those with the `limit` first heads can have a share in the page. How far into them the page
 * can reach is known from their k-th events: strands enough to fill it with k events each have got so far there.
 */
export function strandsPageSql(match: EventMatch, strands: StrandSet, walk: TimeWalk, limit: number): SQL {
  const condition = sql`${inStrandSql(match, strands)}${beyondSql(walk)}`;
  const order = timeOrderSql("e", walk.isDescending);
  if (!strands.isLong) {
    return sql`select e.* from ${strands.source} cross join lateral (
        select e.* from events e where ${condition} order by ${order} limit ${limit}
      ) e order by ${order} limit ${limit}`;
  }
  const key = strands.column ? sql`s.key` : sql`null::int as key`;
  const direction = sql.raw(walk.isDescending ? "desc" : "asc");
  const [within, farthest] = walk.isDescending
    ? [sql`e.occurred_at >= edge.at`, sql`'-infinity'::timestamptz`]
    : [sql`e.occurred_at <= edge.at`, sql`'infinity'::timestamptz`];
  // The edge is joined, not a subquery: behind row-level security only a plain comparison bounds the index.
  return sql`with heads as materialized (
      select s.company_id, ${key} from ${strands.source} cross join lateral (
        select e.occurred_at, e.id from events e where ${condition} order by ${order} limit 1
      ) e order by ${order} limit ${limit}
    ), depth as materialized (
      select case count(*) when ${limit} then 1 else ceil(2.0 * ${limit} / greatest(count(*), 1))::int end as k from heads
    ), edge as materialized (
      select coalesce((
        select e.occurred_at from heads s cross join lateral (
          select e.occurred_at from events e where ${condition}
          order by e.occurred_at ${direction} offset (select k - 1 from depth) limit 1
        ) e order by e.occurred_at ${direction} offset (select ceil(${limit}::float8 / k) - 1 from depth) limit 1
      ), ${farthest}) as at
    )
    select e.* from edge cross join heads s cross join lateral (
      select e.* from events e where ${condition} and ${within} order by ${order} limit ${limit}
    ) e order by ${order} limit ${limit}`;
}

/** How many events stand in the strands, counted up to `cap`; an event in two sets counts once. */
export async function countInStrands(
  tx: Transaction,
  match: EventMatch,
  sets: readonly StrandSet[],
  cap: number,
): Promise<number> {
  const columns = sql.raw(sets.length > 1 ? "e.company_id, e.id" : "1 as one");
  const runs = sets.map(
    (strands) => sql`(select ${columns} from ${strands.source} cross join lateral (
      select e.company_id, e.id from events e where ${inStrandSql(match, strands)} limit ${cap}
    ) e limit ${cap})`,
  );
  const [row] = await tx.execute<{ count: number }>(
    sql`select least(count(*), ${cap})::int as count from (${sql.join(runs, sql` union `)}) counted`,
  );
  return row!.count;
}
