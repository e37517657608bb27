import type { Transaction } from "../../client";
import { dimensionsOf, type Dimension, type EventMatch } from "./event-match";
import { countInStrands, strandsOf, type StrandSet } from "./strands";

/** So many events are looked through one by one in well under a tenth of a second. */
export const NARROW_ROWS = 50_000;
const NARROW_ENOUGH_ROWS = 2_000;

/** From the condition that usually leads to the fewest events to the one that leads to the most. */
const BY_EXPECTATION: readonly Dimension[] = ["account", "computer", "kinds", "sites", "names"];

/**
 * The strands by which all matching events are found at the least cost: those of the condition that the fewest events
 * of the range fulfil, the other conditions being looked at event by event.
 *
 * Where each condition alone is common, "cells" for kinds at sites, for which the rollup knows where they meet.
 */
export async function narrowestStrands(tx: Transaction, match: EventMatch): Promise<StrandSet[] | "cells"> {
  const dimensions = BY_EXPECTATION.filter((dimension) => match[dimension] !== null);
  const [first] = dimensions;
  if (dimensions.length === 1) return strandsOf(match, first!);
  let narrowest = { dimension: first!, count: NARROW_ROWS };
  for (const dimension of dimensions) {
    const count = await countAlone(tx, match, dimension);
    if (count < narrowest.count) narrowest = { dimension, count };
    if (count < NARROW_ENOUGH_ROWS) break;
  }
  const isKindsAtSites = dimensionsOf(match).join() === "kinds,sites";
  return narrowest.count === NARROW_ROWS && isKindsAtSites ? "cells" : strandsOf(match, narrowest.dimension);
}

/** Events that fulfil one condition, whatever the others say; NARROW_ROWS for so many or more. */
async function countAlone(tx: Transaction, match: EventMatch, dimension: Dimension): Promise<number> {
  if (dimension === "names" && !(match.names!.accounts && match.names!.computers)) return NARROW_ROWS;
  const alone: EventMatch = {
    ...match,
    kinds: null,
    sites: null,
    account: null,
    computer: null,
    names: null,
  };
  return countInStrands(tx, alone, strandsOf(match, dimension), NARROW_ROWS);
}
