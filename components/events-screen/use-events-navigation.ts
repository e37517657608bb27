"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import {
  DEFAULT_REQUEST,
  formatEventsRequest,
  type EventFilters,
  type EventsRequest,
} from "@/lib/domain/events/filters";

/** Addresses of the screen with part of the request changed, and the ways to go there. */
export function useEventsNavigation(request: EventsRequest) {
  const router = useRouter();
  const pathname = usePathname();
  const [isPending, startTransition] = useTransition();
  const columns = useSearchParams().get("columns");
  const href = (part: Partial<EventsRequest>) => {
    const shown = columns && `columns=${encodeURIComponent(columns).replaceAll("%2C", ",")}`;
    const query = [formatEventsRequest({ ...request, ...part }), shown].filter(Boolean).join("&");
    return query === "" ? pathname : `${pathname}?${query}`;
  };
  const change = (part: Partial<EventsRequest>) =>
    startTransition(() => router.push(href(part), { scroll: false }));
  return {
    isPending,
    href,
    /** A step of its own in the browser's history. */
    change,
    changeFilters: (filters: EventFilters) => change({ filters, page: null }),
    /** For every few letters of a search, which would fill the history. */
    refineSearch: (search: string) => {
      const filters = { ...request.filters, search };
      startTransition(() => router.replace(href({ filters, page: null }), { scroll: false }));
    },
    toFirstPage: () => change({ ...DEFAULT_REQUEST, filters: request.filters }),
    again: () => startTransition(() => router.refresh()),
  };
}

export type EventsNavigation = ReturnType<typeof useEventsNavigation>;
