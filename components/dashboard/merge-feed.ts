import { CLOCKS_DIFFER_MILLISECONDS, type LiveEvent } from "@/lib/domain/events/live-event";

const MAX_ROWS = 25;

/**
 * The feed's rows, newest first: those that were read with the page at `readAt` (epoch milliseconds), and of those heard
 * of what has come since. What came before it is in the page or has been deleted, under its name at least.
 */
export function mergeFeed(
  rows: readonly LiveEvent[],
  heard: readonly LiveEvent[],
  readAt: number,
): LiveEvent[] {
  return newest([...heard.filter((row) => row.receivedAt > readAt - CLOCKS_DIFFER_MILLISECONDS), ...rows]);
}

/** As many of the rows as the feed shows, newest first; of those with the same id the last. */
export function newest(rows: readonly LiveEvent[]): LiveEvent[] {
  const known = new Map(rows.map((row) => [`${row.companyId}/${row.id}`, row]));
  return [...known.values()].sort((a, b) => b.receivedAt - a.receivedAt || b.id - a.id).slice(0, MAX_ROWS);
}
