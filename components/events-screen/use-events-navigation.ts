"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { emptyTyped, sendTyped } from "@/components/lists/typing-pause";
import { useWayAhead } from "@/components/lists/use-way-ahead";
import { WayAhead } from "@/components/lists/way-ahead";
import {
  DEFAULT_REQUEST,
  formatEventsRequest,
  NO_FILTERS,
  type EventFilters,
  type EventsRequest,
} from "@/lib/domain/events/filters";

export type FilterChange = Partial<EventFilters> | ((filters: EventFilters) => Partial<EventFilters>);

/** What holds the list to something of one company. */
const NOTHING_OF_ONE = { siteIds: [], accountId: null, computerId: null };

/** Addresses of the screen with part of the request changed, and the ways to go there. */
export function useEventsNavigation(request: EventsRequest) {
  const router = useRouter();
  const pathname = usePathname();
  const [isPending, startTransition] = useTransition();
  const columns = useSearchParams().get("columns");
  const addressOf = (asked: EventsRequest) => {
    const shown = columns && `columns=${encodeURIComponent(columns).replaceAll("%2C", ",")}`;
    const query = [formatEventsRequest(asked), shown].filter(Boolean).join("&");
    return query === "" ? pathname : `${pathname}?${query}`;
  };
  const [ahead] = useState(() => new WayAhead<EventsRequest>());
  const address = addressOf(request);
  useEffect(() => ahead.show(address), [ahead, address]);
  const noteStep = useWayAhead(ahead, isPending);
  const go = (by: "push" | "replace", changeOf: (present: EventsRequest) => Partial<EventsRequest>) => {
    const present = ahead.base(address, request);
    const asked = { ...present, ...changeOf(present) };
    noteStep(address, asked);
    startTransition(() => router[by](addressOf(asked), { scroll: false }));
  };
  const push = (changeOf: (present: EventsRequest) => Partial<EventsRequest>) => {
    sendTyped();
    go("push", changeOf);
  };
  return {
    isPending,
    href: (part: Partial<EventsRequest>) => addressOf({ ...request, ...part }),
    /** A step of its own in the browser's history. */
    change: (part: Partial<EventsRequest>) => push(() => part),
    /** What is chosen is changed as it will be, with the steps that are on their way. */
    changeFilters(change: FilterChange) {
      const partOf = (filters: EventFilters) => (typeof change === "function" ? change(filters) : change);
      emptyTyped((name) => name === "search" && partOf(request.filters).search === "");
      push(({ filters }) => ({ filters: { ...filters, ...partOf(filters) }, page: null }));
    },
    /** Another company, or all again, begins without what is of one. */
    holdTo: (only: number | null) =>
      push(({ filters }) => ({ only, filters: { ...filters, ...NOTHING_OF_ONE }, page: null })),
    /** Leaves nothing but the range, the order, and the size of pages. */
    clearFilters() {
      emptyTyped((name) => name === "search");
      push(({ filters: { range } }) => ({ only: null, filters: { ...NO_FILTERS, range }, page: null }));
    },
    /** A page of what is shown; another list that is on its way begins at its first. */
    toPage: (page: EventsRequest["page"]) =>
      push((present) => {
        const isSame = addressOf({ ...present, page: null }) === addressOf({ ...request, page: null });
        return { page: isSame ? page : null };
      }),
    /** For every few letters of a search, which would fill the history. */
    refineSearch: (search: string) =>
      go("replace", ({ filters }) => ({ filters: { ...filters, search }, page: null })),
    toFirstPage: () => push(({ only, filters }) => ({ ...DEFAULT_REQUEST, only, filters })),
    again: () => startTransition(() => router.refresh()),
  };
}

export type EventsNavigation = ReturnType<typeof useEventsNavigation>;
