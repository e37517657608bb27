import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { matchingCountsSql } from "./cells";
import { dimensionsOf, instantSql, isKindsAtSites, type EventMatch } from "./event-match";
import { narrowestStrands } from "./narrowest-strands";
import { companyStrands, countInStrands, strandsOf } from "./strands";

const QUARTER_MS = 15 * 60_000;

/** How many events match, counted up to `cap`: an answer of `cap` means that many or more. */
export async function countEvents(tx: Transaction, match: EventMatch, cap: number): Promise<number> {
  const dimensions = dimensionsOf(match);
  const [only, ...others] = dimensions;
  if (only === undefined) return countInStrands(tx, match, [companyStrands(match)], cap);
  if (others.length === 0) return countInStrands(tx, match, strandsOf(match, only), cap);
  if (isKindsAtSites(match)) return countByRollup(tx, match, cap);
  const way = await narrowestStrands(tx, match);
  return countInStrands(tx, match, way === "cells" ? strandsOf(match, "kinds") : way, cap);
}

/** Kinds at sites: whole quarters of an hour from the rollup, the cut ones at both ends event by event. */
async function countByRollup(tx: Transaction, match: EventMatch, cap: number): Promise<number> {
  const firstWhole = Math.ceil(match.from / QUARTER_MS) * QUARTER_MS;
  const endOfWhole = match.to === null ? null : Math.floor(match.to / QUARTER_MS) * QUARTER_MS;
  if (endOfWhole !== null && endOfWhole <= firstWhole) return countCut(tx, match, match.from, match.to, cap);
  const upTo = endOfWhole === null ? sql`` : sql` and n.bucket_at < ${instantSql(endOfWhole)}`;
  // Every row counts at least one event, so that `cap` rows are always enough.
  const [whole] = await tx.execute<{ count: number }>(sql`
    select least(coalesce(sum(counted.count), 0), ${cap})::int as count from (
      select n.count from ${matchingCountsSql(match)} and n.bucket_at >= ${instantSql(firstWhole)}${upTo} limit ${cap}
    ) counted`);
  const before = await countCut(tx, match, match.from, firstWhole, cap);
  const after = endOfWhole === null ? 0 : await countCut(tx, match, endOfWhole, match.to, cap);
  return Math.min(cap, whole!.count + before + after);
}

async function countCut(
  tx: Transaction,
  match: EventMatch,
  from: number,
  to: number | null,
  cap: number,
): Promise<number> {
  if (to !== null && to <= from) return 0;
  return countInStrands(tx, { ...match, from, to }, strandsOf(match, "kinds"), cap);
}
