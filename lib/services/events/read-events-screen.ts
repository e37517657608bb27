import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import { readWithin, type CompanyScope } from "@/db/scope";
import { parseEventsRequest, type EventsRequest, type RawParams } from "@/lib/domain/events/filters";
import type { IanaZone } from "@/lib/domain/zones";
import { isAppError } from "@/lib/errors";
import { countMatchingEvents, type CappedCount } from "./count-matching-events";
import { listEvents, type EventPage } from "./list-events";

export interface EventsScreen {
  request: EventsRequest;
  /** Parts of the address that made no sense and were left out. */
  ignored: string[];
  page: EventPage | null;
  /** Why there is no page, in words for a person. */
  problem: string | null;
  count: CappedCount | null;
  sites: SiteName[];
}

/** All the Events screen shows for an address. A wrong cursor or a search that takes too long is told, not thrown. */
export async function readEventsScreen(
  scope: CompanyScope,
  params: RawParams,
  zone: IanaZone,
  now: number = Date.now(),
): Promise<EventsScreen> {
  const { request, ignored } = parseEventsRequest(params);
  const [listed, count, sites] = await Promise.all([
    listEvents(scope, request, zone, now).then(
      (page) => ({ page, problem: null }),
      (error: unknown) => {
        if (isAppError(error)) return { page: null, problem: error.message };
        throw error;
      },
    ),
    countMatchingEvents(scope, request.filters, zone, now),
    readWithin(scope, (tx) => listSiteNames(tx, scope)),
  ]);
  return { request, ignored, ...listed, count, sites };
}
