import { expect, it } from "vitest";
import { allEventsHref } from "@/components/events/events-href";
import { resolveRange } from "@/lib/domain/events/event-range";
import { hasFilters, parseEventsRequest } from "@/lib/domain/events/filters";
import { ianaZone } from "@/lib/domain/zones";

it("leads to all events of a company, as the number beside it counts them", () => {
  const url = new URL(allEventsHref(7), "http://portal");
  expect(url.pathname).toBe("/7/events");
  const { request, ignored } = parseEventsRequest(Object.fromEntries(url.searchParams));
  expect(ignored).toEqual([]);
  expect(hasFilters(request.filters)).toBe(false);
  const range = resolveRange(request.filters.range, Date.UTC(2026, 0, 5), ianaZone("UTC"));
  expect(range).toEqual({ from: Date.UTC(2000, 0, 1), to: null });
});
