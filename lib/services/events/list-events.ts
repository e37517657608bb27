import type { Transaction } from "@/db/client";
import type { Effort } from "@/db/queries/events/effort";
import type { EventMatch } from "@/db/queries/events/event-match";
import { readEventRows } from "@/db/queries/events/event-rows";
import { hasAnyEvent } from "@/db/queries/events/read-event";
import { limitStatementTime } from "@/db/queries/statement-time";
import { readWithin, type CompanyScope } from "@/db/scope";
import { decodePosition, encodePosition, type EventPosition } from "@/lib/domain/events/event-cursor";
import { resolveRange, type ResolvedRange } from "@/lib/domain/events/event-range";
import type { EventRow } from "@/lib/domain/events/event-row";
import type { EventOrder, EventSort, EventsRequest } from "@/lib/domain/events/filters";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import type { IanaZone } from "@/lib/domain/zones";
import { AppError, isStatementTimeout } from "@/lib/errors";
import { listLiveEvents } from "./list-live-events";
import { resolveMatch } from "./resolve-match";
import { walkEvents } from "./walk-events";

export interface EventPage {
  rows: EventRow[];
  /** Opaque cursors for `before` and `after`; null where there is nothing on that side. */
  previous: string | null;
  next: string | null;
  /** The page holds the first rows of the order, so that new events belong on it. */
  isFirst: boolean;
  range: ResolvedRange;
  /** Whether the scope holds any event at all; only asked when the page is empty. */
  hasEvents: boolean;
}

interface ListOptions {
  effort?: Effort;
  signal?: AbortSignal | undefined;
  /** The first page of the newest, for a list that follows: a clock that is ahead keeps no row from it. */
  isLive?: boolean;
}

const TIME_LIMIT_MILLISECONDS = 20_000;
/** What the search has read so far is in memory then, or what held it up is done. */
const RETRY_SECONDS = 30;

/** What is asked of the list: a page may have any number of rows. */
export type ListedRequest = Pick<EventsRequest, "filters" | "order" | "page"> & { pageSize: number };

/**
 * A page of the scope's events as asked for, `now` and `zone` deciding what a named range means.
 *
 * Going back past the beginning gives the full first page. @throws AppError `invalid` for a cursor that is damaged,
 * of another order or of a row group that is gone; `unavailable` when the search takes too long.
 */
export async function listEvents(
  scope: CompanyScope,
  request: ListedRequest,
  zone: IanaZone,
  now: number = Date.now(),
  { effort, signal, isLive = false }: ListOptions = {},
): Promise<EventPage> {
  const range = resolveRange(request.filters.range, now, zone);
  try {
    return await readWithin(
      scope,
      async (tx) => {
        await limitStatementTime(tx, TIME_LIMIT_MILLISECONDS);
        const match = await resolveMatch(tx, scope, request.filters, range, effort);
        const page = isLive
          ? await readLivePage(tx, scope, match, request)
          : await readPage(tx, scope, match, request);
        const hasEvents = page.rows.length > 0 || (await hasAnyEvent(tx, scope));
        return { ...page, range, hasEvents };
      },
      signal,
    );
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (isStatementTimeout(error)) {
      throw new AppError("unavailable", { key: "errors.searchTooLong" }, [], RETRY_SECONDS);
    }
    throw error;
  }
}

type Page = Omit<EventPage, "range" | "hasEvents">;

async function readPage(
  tx: Transaction,
  scope: CompanyScope,
  match: EventMatch,
  { order, page, pageSize }: Omit<ListedRequest, "filters">,
): Promise<Page> {
  const from = page && readCursor("after" in page ? page.after : page.before, order, scope);
  const isBackward = page !== null && "before" in page;
  const walk = { order, isBackward, from, limit: pageSize + 1 };
  const found = await walkEvents(tx, scope, match, walk, readEventRows);
  if (!found) throw wrongCursor();
  const isMore = found.length > pageSize;
  if (isBackward && !isMore) return readPage(tx, scope, match, { order, pageSize, page: null });
  const rows = found.slice(0, pageSize);
  if (isBackward) rows.reverse();
  return {
    rows,
    previous: page !== null && (isBackward ? isMore : true) ? cursorOf(rows[0], order) : null,
    next: isBackward || isMore ? cursorOf(rows.at(-1), order) : null,
    isFirst: page === null,
  };
}

async function readLivePage(
  tx: Transaction,
  scope: CompanyScope,
  match: EventMatch,
  { order, pageSize }: Pick<ListedRequest, "order" | "pageSize">,
): Promise<Page> {
  const { rows, last, isMore } = await listLiveEvents(tx, scope, match, pageSize, pageSize);
  return { rows, previous: null, next: isMore && last ? cursorOf(last, order) : null, isFirst: true };
}

function readCursor(text: string, order: EventOrder, scope: CompanyScope): EventPosition {
  const position = decodePosition(text, order);
  if (!position || !scope.companyIds.includes(position.companyId)) throw wrongCursor();
  return position;
}

function wrongCursor(): AppError {
  return new AppError("invalid", { key: "errors.eventPageGone" });
}

const GROUP_OF: Record<EventSort, (row: EventRow) => number> = {
  time: () => 0,
  account: (row) => row.accountId,
  computer: (row) => row.computerId,
  site: (row) => row.siteId,
  kind: (row) => KIND_CODE[row.kind],
};

function cursorOf(row: EventRow | undefined, order: EventOrder): string | null {
  if (!row) return null;
  const { companyId, occurredAt, id } = row;
  return encodePosition({ order, companyId, groupId: GROUP_OF[order.by](row), occurredAt, id });
}
