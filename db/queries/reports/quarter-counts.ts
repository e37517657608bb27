import { sql, type SQL } from "drizzle-orm";
import { companySql } from "../../scope-sql";
import type { Transaction } from "../../client";
import { pgArray } from "../pg-array";
import { quarterText } from "../quarter";
import { instantSql, type EventMatch } from "../events/event-match";
import { matchSql } from "./match-sql";

/** The events of a kind in a quarter of an hour, `at` being its start in epoch milliseconds. */
export interface QuarterCount {
  at: number;
  kind: number;
  count: number;
}

const QUARTER_MS = 900_000;

/**
 * How many events the match selects by quarter of an hour and kind, in no order; empty quarters are absent. Needs
 * kinds and a range with an end.
 *
 * The rollup answers wherever it is exact: for whole quarters, unless accounts, computers, addresses or reasons are chosen.
 */
export async function countByQuarter(tx: Transaction, match: EventMatch): Promise<QuarterCount[]> {
  const { from, to } = { from: match.from, to: match.to! };
  const firstWhole = Math.ceil(from / QUARTER_MS) * QUARTER_MS;
  const lastWhole = Math.floor(to / QUARTER_MS) * QUARTER_MS;
  const isByEvents =
    match.account || match.computer || match.names || match.failed || firstWhole >= lastWhole;
  const parts = isByEvents
    ? [fromEvents(match)]
    : [
        fromRollup({ ...match, from: firstWhole, to: lastWhole }),
        ...(from < firstWhole ? [fromEvents({ ...match, to: firstWhole })] : []),
        ...(lastWhole < to ? [fromEvents({ ...match, from: lastWhole })] : []),
      ];
  const rows = await tx.execute<{ ms: string; kind: number; count: string }>(sql`
    select extract(epoch from at) * 1000 as ms, kind, sum(count) as count
    from (${sql.join(parts, sql` union all `)}) counted group by at, kind`);
  return rows.map((row) => ({ at: Number(row.ms), kind: row.kind, count: Number(row.count) }));
}

function fromEvents(match: EventMatch): SQL {
  return sql`select ${sql.raw(quarterText("e.occurred_at"))} as at, e.kind, count(*) as count
    from events e where ${matchSql(match)} group by 1, 2`;
}

function fromRollup(match: EventMatch): SQL {
  const { from, to, kinds, sites } = match;
  const atSites = sites ? sql` and n.site_id = any(${pgArray(sites.map(({ id }) => id))}::int[])` : sql``;
  return sql`select n.bucket_at as at, n.kind, sum(n.count) as count from event_counts n
    where ${companySql(match, "n.company_id")} and n.bucket_at >= ${instantSql(from)}
      and n.bucket_at < ${instantSql(to!)} and n.kind = any(${pgArray(kinds!)}::smallint[])${atSites}
    group by 1, 2`;
}
