import { resolveRange } from "@/lib/domain/events/event-range";
import type { EventRow } from "@/lib/domain/events/event-row";
import { eventFiltersOf, eventsQuery, type EventsQuery } from "@/lib/domain/events/events-query";
import { KIND_TEXT } from "@/lib/domain/events/kinds";
import { filterText } from "@/lib/domain/reports/filter-text";
import { eventColumns } from "@/lib/domain/reports/events";
import { HEALTH_FILTER_TEXT } from "@/lib/domain/fleet/computer-health";
import { accountColumns, PRESENCE_FILTER_TEXT, type AccountRow } from "@/lib/domain/reports/account-columns";
import { accountsQuery, type AccountsQuery } from "@/lib/domain/reports/accounts";
import { computerColumns, type ComputerRow } from "@/lib/domain/reports/computer-columns";
import { computersQuery, type ComputersQuery } from "@/lib/domain/reports/computers";
import { hasOwnRange } from "@/lib/domain/reports/report-query";
import { USED_TEXT } from "@/lib/domain/reports/used-filter";
import { pageAccounts } from "@/lib/services/reports/accounts";
import { pageComputers } from "@/lib/services/reports/computers";
import { nameFilters, nameQueryFilters } from "@/lib/services/reports/name-filters";
import { pageEvents } from "@/lib/services/reports/page-events";
import { streamEventLines } from "@/lib/services/reports/stream-event-lines";
import { rangeOf, refuseRange } from "./parse-params";
import { registerList } from "./register-list";

export const eventsList = registerList<EventsQuery, EventRow>({
  name: "events",
  title: "reports.eventsTitle",
  screen: { page: "events" },
  apiSummary: "Every event that the filters select, newest first by default.",
  query: eventsQuery,
  columns: eventColumns,
  open: ({ scope, query, zone, rangeNow, companyNames, signal }) => {
    const { filters, order } = eventFiltersOf(query, zone) ?? refuseRange();
    const kinds = filters.kinds.map((kind) => ({ key: KIND_TEXT[kind] }));
    return {
      range: resolveRange(filters.range, rangeNow, zone),
      filterWords: async () => [
        ...(kinds.length > 0 ? [filterText("reports.kind", { all: kinds })] : []),
        ...(await nameFilters(scope, filters)),
      ],
      readPage: (ask) => pageEvents(scope, { ...ask, filters, order, zone, now: rangeNow }),
      lines: (columns, reader) => {
        const columnIds = columns.map(({ id }) => id);
        return streamEventLines(scope, {
          filters,
          order,
          zone,
          now: rangeNow,
          columnIds,
          companyNames,
          reader,
          signal,
        });
      },
    };
  },
});

export const accountsList = registerList<AccountsQuery, AccountRow>({
  name: "accounts",
  title: "reports.accountsTitle",
  screen: { page: "accounts" },
  apiSummary:
    "Every account, with when it was first and last seen, its last computer, and whether it is signed in.",
  query: accountsQuery,
  columns: (companyNames) => accountColumns(companyNames !== null),
  open: ({ scope, query, zone, now, rangeNow }) => {
    const range = rangeOf(query, rangeNow, zone);
    const words = [
      ...(query.presence ? [{ key: PRESENCE_FILTER_TEXT[query.presence] }] : []),
      ...(query.used ? [filterText("lists.usedComputer", { key: USED_TEXT[query.used] })] : []),
    ];
    return {
      range: hasOwnRange(query) ? range : null,
      filterWords: async () => [...words, ...(await nameQueryFilters(scope, query))],
      readPage: (ask) => pageAccounts(scope, { query, range, zone, now }, ask),
      isMoving: true,
    };
  },
});

export const computersList = registerList<ComputersQuery, ComputerRow>({
  name: "computers",
  title: "reports.computersTitle",
  screen: { page: "computers" },
  apiSummary: "Every computer, with its site, last user, addresses, agent, and health.",
  query: computersQuery,
  columns: (companyNames) => computerColumns(companyNames !== null),
  open: ({ scope, query, zone, now, rangeNow }) => {
    const range = rangeOf(query, rangeNow, zone);
    const words = [
      ...(query.health
        ? [filterText("reportColumns.health", { key: HEALTH_FILTER_TEXT[query.health] })]
        : []),
      ...(query.version ? [filterText("reportColumns.agentVersion", query.version)] : []),
      ...(query.used ? [filterText("lists.inUse", { key: USED_TEXT[query.used] })] : []),
    ];
    return {
      range: hasOwnRange(query) ? range : null,
      filterWords: async () => [...words, ...(await nameQueryFilters(scope, query))],
      readPage: (ask) => pageComputers(scope, { query, range, zone, now }, ask),
      isMoving: true,
    };
  },
});
