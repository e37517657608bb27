/** The questions of the screen, each a page of its own below the first. */
export const WHO_WAS_ON_TABS = ["moment", "roll-call", "concurrent"] as const;
export type WhoWasOnTab = (typeof WHO_WAS_ON_TABS)[number];

const OF_A_LIST = ["only", "site", "account", "computer", "q", "tz"];

/**
 * What of an address each question shows and lets change. Whose moment it is has no field for a site or a search, so an
 * answer held to one would look like all of it. The order is left out: each list has other columns.
 */
const KNOWN: Readonly<Record<WhoWasOnTab, readonly string[]>> = {
  moment: ["at", "account", "computer", "tz"],
  "roll-call": ["at", "state", ...OF_A_LIST],
  concurrent: ["range", "from", "to", "count", ...OF_A_LIST],
};

/** What of a query another question of the screen understands. */
export function tabQuery(query: string, to: WhoWasOnTab): string {
  const given = [...new URLSearchParams(query)].filter(([name]) => KNOWN[to].includes(name));
  return new URLSearchParams(given).toString();
}
