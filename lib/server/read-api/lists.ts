import { resolveRange } from "@/lib/domain/events/event-range";
import type { EventRow } from "@/lib/domain/events/event-row";
import { eventFiltersOf, eventsQuery, type EventsQuery } from "@/lib/domain/events/events-query";
import { KIND_LABEL } from "@/lib/domain/events/kinds";
import { eventColumns } from "@/lib/domain/reports/events";
import {
  accountColumns,
  computerColumns,
  nameListQuery,
  type ListedAccount,
  type ListedComputer,
  type NameListQuery,
} from "@/lib/domain/reports/name-list";
import { pageAccounts, pageComputers } from "@/lib/services/reports/list-names";
import { nameFilters } from "@/lib/services/reports/name-filters";
import { pageEvents } from "@/lib/services/reports/page-events";
import { invalid } from "./parse-params";
import { registerList, type List } from "./register-list";

export const eventsList = registerList<EventsQuery, EventRow>({
  name: "events",
  title: "Events",
  summary: "Every event that the filters select, newest first unless another order is asked for.",
  query: eventsQuery,
  columns: eventColumns,
  open: ({ scope, query, zone, now }) => {
    const found = eventFiltersOf(query, zone);
    if (!found) throw invalid([{ field: "from", message: "must be before to" }]);
    const { filters, order } = found;
    const kinds = filters.kinds.map((kind) => KIND_LABEL[kind]);
    return {
      range: resolveRange(filters.range, now, zone),
      filterWords: async () => [
        ...(kinds.length > 0 ? [`Kind: ${kinds.join(", ")}`] : []),
        ...(await nameFilters(scope, filters)),
      ],
      readPage: (ask) => pageEvents(scope, { ...ask, filters, order, zone, now }),
    };
  },
});

export const accountsList = registerList<NameListQuery, ListedAccount>({
  name: "accounts",
  title: "Accounts",
  summary: "Every account by name, with the first and the last time an event named it.",
  query: nameListQuery,
  columns: accountColumns,
  open: nameList(pageAccounts),
});

export const computersList = registerList<NameListQuery, ListedComputer>({
  name: "computers",
  title: "Computers",
  summary: "Every computer by name, with its site, its addresses, its agent and when it was seen.",
  query: nameListQuery,
  columns: computerColumns,
  open: nameList(pageComputers),
});

function nameList<Row>(page: typeof pageAccounts | typeof pageComputers): List<NameListQuery, Row>["open"] {
  return ({ scope, query: { q: search = "" } }) => ({
    range: null,
    filterWords: async () => (search === "" ? [] : [`Search: ${search}`]),
    readPage: (ask) => page(scope, { ...ask, search }) as never,
  });
}
