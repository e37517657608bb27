import type { Transaction } from "../../client";
import { isKindsAtSites, NO_CONDITIONS, type Dimension, type EventMatch } from "./event-match";
import { countInStrands, strandsOf, type StrandSet } from "./strands";

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
  const { narrowRows } = match.effort;
  if (dimensions.length === 1) return strandsOf(match, first!);
  let narrowest = { dimension: first!, count: narrowRows };
  for (const dimension of dimensions) {
    const count = await countAlone(tx, match, dimension);
    if (count < narrowest.count) narrowest = { dimension, count };
    if (count < narrowRows / 25) break;
  }
  return narrowest.count === narrowRows && isKindsAtSites(match)
    ? "cells"
    : strandsOf(match, narrowest.dimension);
}

/** Events that fulfil one condition, whatever the others say; the effort's narrowRows for so many or more. */
async function countAlone(tx: Transaction, match: EventMatch, dimension: Dimension): Promise<number> {
  if (dimension === "names" && !(match.names!.accounts && match.names!.computers))
    return match.effort.narrowRows;
  const alone = { ...match, ...NO_CONDITIONS };
  return countInStrands(tx, alone, strandsOf(match, dimension), match.effort.narrowRows);
}
