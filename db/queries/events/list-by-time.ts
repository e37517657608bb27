import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import { cellsSql } from "./cells";
import { dimensionsOf, rangeSql, type EventMatch } from "./event-match";
import { eventColumns, nameJoins, toEventRow, type StoredEventRow } from "./event-rows";
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
import type { EventRow } from "@/lib/domain/events/event-row";

/**
 * The first `limit` matching events on the way through time, ties by id.
 *
 * Common events are found by looking through the nearest ones; rare ones by the index that leads to the fewest.
 */
export async function listByTime(
  tx: Transaction,
  match: EventMatch,
  walk: TimeWalk,
  limit: number,
): Promise<EventRow[]> {
  const dimensions = dimensionsOf(match);
  const [only, ...others] = dimensions;
  if (only === undefined) return readPage(tx, match, [companyStrands(match)], walk, limit);
  if (others.length === 0 && only !== "names")
    return readPage(tx, match, strandsOf(match, only), walk, limit);
  const window = await nearestWindow(tx, match, walk);
  const nearby = await readPage(tx, { ...match, ...window }, [companyStrands(match)], walk, limit);
  if (window === null || nearby.length === limit) return nearby;
  const way = await narrowestStrands(tx, match);
  if (way === "cells") return readRows(tx, cellsSql(match, { walk, limit }), walk, limit);
  return readPage(tx, match, way, walk, limit);
}

async function readPage(
  tx: Transaction,
  match: EventMatch,
  sets: readonly StrandSet[],
  walk: TimeWalk,
  limit: number,
): Promise<EventRow[]> {
  const pages = sets.map((strands) => sql`(${strandsPageSql(match, strands, walk, limit)})`);
  return readRows(tx, sql.join(pages, sql` union `), walk, limit);
}

async function readRows(tx: Transaction, events: SQL, walk: TimeWalk, limit: number): Promise<EventRow[]> {
  const rows = await tx.execute<StoredEventRow>(sql`
    select ${eventColumns} from (${events}) e ${nameJoins}
    order by ${timeOrderSql("e", walk.isDescending)} limit ${limit}`);
  return rows.map(toEventRow);
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
      select e.occurred_at from events e where e.company_id = s.company_id and ${rangeSql(match)}${beyondSql(walk)}
      order by e.occurred_at ${direction} offset ${depth} limit 1
    ) e order by e.occurred_at ${direction} limit 1`);
  if (!edge) return null;
  // An instant belongs to the window whole, so that ties at its edge are neither split nor lost.
  return isDescending ? { from: Number(edge.ms) } : { to: Number(edge.ms) + 1 };
}
