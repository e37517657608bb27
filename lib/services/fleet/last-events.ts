import type { CompanyWriteScope } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import { DEFAULT_REQUEST, NO_FILTERS, type EventFilters } from "@/lib/domain/events/filters";
import type { IanaZone } from "@/lib/domain/zones";
import { listEvents } from "../events/list-events";

const MOST_EVENTS = 12;

/** The newest events of one account or computer, of the last 30 days. */
export async function lastEventsOf(
  scope: CompanyWriteScope,
  whose: Pick<EventFilters, "accountId"> | Pick<EventFilters, "computerId">,
  zone: IanaZone,
  now: number,
): Promise<EventRow[]> {
  const filters = { ...NO_FILTERS, range: { preset: "30d" as const }, ...whose };
  const { rows } = await listEvents(scope, { ...DEFAULT_REQUEST, filters, pageSize: 50 }, zone, now);
  return rows.slice(0, MOST_EVENTS);
}
