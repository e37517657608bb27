import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import { findNamed } from "@/db/queries/events/match-names";
import { laggingScope, readWithin, type CompanyScope } from "@/db/scope";
import { reachesPresent } from "@/lib/domain/events/event-range";
import { parseEventsRequest, type EventsRequest, type RawParams } from "@/lib/domain/events/filters";
import type { IanaZone } from "@/lib/domain/zones";
import { isAppError, type AppError } from "@/lib/errors";
import { countMatchingEvents, type CappedCount } from "./count-matching-events";
import { listEvents, type EventPage } from "./list-events";

export interface EventsScreen {
  request: EventsRequest;
  /** Parts of the address that made no sense and were left out. */
  ignored: string[];
  page: EventPage | null;
  /** Why there is no page; a wrong page is one that the address names and that is not there. */
  problem: (Pick<AppError, "wording"> & { isWrongPage: boolean }) | null;
  /** Null when counting takes too long. Comes after the page, which need not wait for it. */
  count: Promise<CappedCount | null>;
  sites: SiteName[];
  /** The account and the computer the list is held to; null when it is to none, or to one that is not there. */
  accountName: string | null;
  computerName: string | null;
}

/** Whether new events belong on the page, and are to come to it by themselves. */
function isLiveTop({ isLive, page, order, filters }: EventsRequest, now: number): boolean {
  const isNewestFirst = order.by === "time" && order.isDescending;
  return isLive && page === null && isNewestFirst && reachesPresent(filters.range, now);
}

/**
 * All the Events screen shows for an address. A wrong cursor or a search that takes too long is told, not thrown.
 *
 * Raising the signal ends what PostgreSQL is doing for it.
 */
export async function readEventsScreen(
  scope: CompanyScope,
  params: RawParams,
  zone: IanaZone,
  now: number = Date.now(),
  signal?: AbortSignal,
): Promise<EventsScreen> {
  const { request, ignored } = parseEventsRequest(params);
  const { filters } = request;
  // What is over need not be of this second.
  const listScope = reachesPresent(filters.range, now) ? scope : laggingScope(scope);
  // Where the count fails the page fails too, and tells why.
  const count = countMatchingEvents(listScope, filters, zone, now, { signal }).catch(() => null);
  const [listed, named] = await Promise.all([
    listEvents(listScope, request, zone, now, { isLive: isLiveTop(request, now), signal }).then(
      (page) => ({ page, problem: null }),
      (error: unknown) => {
        if (isAppError(error)) {
          return { page: null, problem: { wording: error.wording, isWrongPage: error.code === "invalid" } };
        }
        throw error;
      },
    ),
    readWithin(
      scope,
      async (tx) => {
        const one = async (table: "accounts" | "computers", id: number | null) =>
          id === null ? null : ((await findNamed(tx, scope, table, [id]))[0]?.name ?? null);
        const [sites, accountName, computerName] = await Promise.all([
          listSiteNames(tx, scope),
          one("accounts", filters.accountId),
          one("computers", filters.computerId),
        ]);
        return { sites, accountName, computerName };
      },
      signal,
    ),
  ]);
  return { request, ignored, ...listed, ...named, count };
}
