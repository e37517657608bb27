import { ALL_TIME, type EventRange } from "@/lib/domain/events/event-range";
import {
  DEFAULT_REQUEST,
  formatEventsRequest,
  NO_FILTERS,
  type EventFilters,
} from "@/lib/domain/events/filters";
import type { ReportRange } from "@/lib/domain/reports/report-range";

const MINUTE_MS = 60_000;

/** The Events screen of one company with filters; the range is widened to whole minutes, which its address tells. */
export function eventsHref(companyId: number, range: ReportRange, filters: Partial<EventFilters>): string {
  const whole = {
    from: Math.floor(range.from / MINUTE_MS) * MINUTE_MS,
    to: Math.ceil(range.to / MINUTE_MS) * MINUTE_MS,
  };
  return addressOf(companyId, whole, filters);
}

/** The Events screen of one company with all its events; without a range it shows only the last hours. */
export function allEventsHref(companyId: number): string {
  return addressOf(companyId, ALL_TIME, {});
}

function addressOf(companyId: number, range: EventRange, filters: Partial<EventFilters>): string {
  const query = formatEventsRequest({
    ...DEFAULT_REQUEST,
    filters: { ...NO_FILTERS, ...filters, range },
  });
  return `/${companyId}/events?${query}`;
}
