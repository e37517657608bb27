import type { Transaction } from "@/db/client";
import type { EventMatch } from "@/db/queries/events/event-match";
import { readEventRows } from "@/db/queries/events/event-rows";
import type { CompanyScope } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import { liveOrder } from "@/lib/domain/events/live-event";
import { NEWEST_FIRST } from "@/lib/domain/events/filters";
import { walkEvents } from "./walk-events";

/**
 * The first rows of a list that follows new events, newest first: `limit` of them from computers whose clocks are right,
 * and among these, where they were received, up to `mostAhead` whose clocks are ahead. Those stay on this page for as
 * long as the page reaches back, so that none is lost between pages; they take the place of no other row.
 */
export async function listLiveEvents(
  tx: Transaction,
  scope: CompanyScope,
  match: EventMatch,
  limit: number,
  mostAhead: number,
): Promise<{ rows: EventRow[]; last: EventRow | null; isMore: boolean }> {
  const read = async (part: Partial<EventMatch>, count: number) => {
    const walk = { order: NEWEST_FIRST, isBackward: false, from: null, limit: count };
    return (await walkEvents(tx, scope, { ...match, ...part }, walk, readEventRows)) ?? [];
  };
  const found = await read({ isClockSkewed: false }, limit + 1);
  const isMore = found.length > limit;
  const right = found.slice(0, limit);
  const last = right.at(-1) ?? null;
  const from = isMore && last ? Math.max(match.from, last.occurredAt) : match.from;
  const ahead = await read({ isClockSkewed: true, from }, mostAhead);
  return { rows: [...right, ...ahead].toSorted(liveOrder), last, isMore };
}
