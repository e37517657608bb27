import { sql } from "drizzle-orm";
import { sameCompanySql } from "../../scope-sql";
import type { Transaction } from "../../client";
import { isSpread } from "../../distribute";
import { cellsSql } from "./cells";
import { dimensionsOf, rangeSql, type EventMatch } from "./event-match";
import type { EventReader } from "./event-rows";
import { narrowestStrands } from "./narrowest-strands";
import {
  beyondSql,
  companyStrands,
  strandsOf,
  strandsPageSql,
  timeOrderSql,
  type StrandSet,
  type TimeWalk,
} from "./strands";

/**
 * The first `limit` matching events on the way through time, ties by id.
 *
 * Common events are found by looking through the nearest ones; rare ones by the index that leads to the fewest.
 */
export async function listByTime<Page extends { length: number }>(
  tx: Transaction,
  match: EventMatch,
  walk: TimeWalk,
  limit: number,
  read: EventReader<Page>,
): Promise<Page> {
  const page = { scope: match, order: timeOrderSql("e", walk.isDescending), limit };
  // Citus cannot go on from what several nodes have found: each reads all of its strands to the page's length.
  const spread = await isSpread(match);
  const readPage = (part: EventMatch, sets: readonly StrandSet[]) => {
    const pages = sets.map((strands) => {
      const isLong = strands.isLong && !spread;
      return sql`(${strandsPageSql(part, { ...strands, isLong }, walk, limit)})`;
    });
    return read(tx, sql.join(pages, sql` union `), page);
  };
  const dimensions = dimensionsOf(match);
  const [only, ...others] = dimensions;
  if (only === undefined) return readPage(match, [companyStrands(match)]);
  if (others.length === 0 && only !== "names") return readPage(match, strandsOf(match, only));
  const window = await nearestWindow(tx, match, walk);
  const nearby = await readPage({ ...match, ...window }, [companyStrands(match)]);
  if (window === null || nearby.length === limit) return nearby;
  const way = await narrowestStrands(tx, match);
  if (way === "cells" && spread) return readPage(match, strandsOf(match, "kinds"));
  if (way === "cells") return read(tx, cellsSql(match, { walk, limit }), page);
  return readPage(match, way);
}

/** The stretch of time nearest on the way that holds about as many events as may be looked at; null when all that is left holds no more. */
async function nearestWindow(
  tx: Transaction,
  match: EventMatch,
  walk: TimeWalk,
): Promise<Partial<EventMatch> | null> {
  const { isDescending } = walk;
  const { windowRows } = match.effort;
  const depth = Math.ceil(Math.max(windowRows / 20, windowRows / match.companyIds.length));
  const direction = sql.raw(isDescending ? "desc" : "asc");
  const [edge] = await tx.execute<{ ms: string }>(sql`
    select extract(epoch from e.occurred_at) * 1000 as ms from ${companyStrands(match).source} cross join lateral (
      select e.occurred_at from events e where ${sameCompanySql(match, "e.company_id", "s.company_id")} and ${rangeSql(match)}${beyondSql(walk)}
      order by e.occurred_at ${direction} offset ${depth} limit 1
    ) e order by e.occurred_at ${direction} limit 1`);
  if (!edge) return null;
  // An instant belongs to the window whole, so that ties at its edge are neither split nor lost.
  return isDescending ? { from: Number(edge.ms) } : { to: Number(edge.ms) + 1 };
}
