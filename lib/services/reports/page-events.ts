import type { CompanyScope } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import type { EventFilters, EventOrder } from "@/lib/domain/events/filters";
import type { IanaZone } from "@/lib/domain/zones";
import { isAppError } from "@/lib/errors";
import { listEvents } from "../events/list-events";
import type { RowPage, RowPageAsk } from "./row-page";
import { wrongCursor } from "./sort-cursor";

export interface EventsAsk extends RowPageAsk {
  filters: EventFilters;
  order: EventOrder;
  zone: IanaZone;
  /** What named ranges end at; the same for every page of a walk. */
  now: number;
}

/** A page of the scope's events for the read API. @throws as listEvents; a wrong cursor names its parameter. */
export async function pageEvents(scope: CompanyScope, ask: EventsAsk): Promise<RowPage<EventRow>> {
  const { filters, order, zone, now, after, limit, signal } = ask;
  const page = after === null ? null : { after };
  try {
    const { rows, next } = await listEvents(scope, { filters, order, page, pageSize: limit }, zone, now, {
      signal,
    });
    return { rows, next };
  } catch (error) {
    if (after === null || !isAppError(error) || error.code !== "invalid") throw error;
    throw wrongCursor();
  }
}
