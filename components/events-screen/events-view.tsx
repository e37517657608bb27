"use client";

import { SearchX } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useMemo, useTransition } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { TablePager } from "@/components/data-table/data-table-footer";
import type { TableFilter } from "@/components/data-table/filter-chips";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { reachesPresent, type ResolvedRange } from "@/lib/domain/events/event-range";
import type { EventRow } from "@/lib/domain/events/event-row";
import {
  DEFAULT_REQUEST,
  EVENT_SORTS,
  NO_FILTERS,
  PAGE_SIZES,
  formatEventsRequest,
  hasFilters,
  type EventFilters,
  type EventsRequest,
} from "@/lib/domain/events/filters";
import { KIND_LABEL } from "@/lib/domain/events/kinds";
import { eventColumns } from "./columns";
import { EventDetailPanel } from "./event-detail";
import { EventsToolbar, type SiteChoice } from "./events-toolbar";
import { useLiveRows } from "./use-live-rows";

interface EventsViewProps {
  request: EventsRequest;
  ignored: readonly string[];
  page: {
    rows: EventRow[];
    previous: string | null;
    next: string | null;
    isFirst: boolean;
    range: ResolvedRange;
  } | null;
  problem: string | null;
  count: { total: number; isCapped: boolean } | null;
  sites: readonly (SiteChoice & { companyId: number })[];
  /** Epoch milliseconds. */
  readAt: number;
  zone: string;
  companyRef: string;
  /** Given when several companies are in view. */
  companies?: readonly { id: number; name: string }[];
}

/** The Events screen: the address says everything but which columns are shown. */
export function EventsView(props: EventsViewProps) {
  const { request, page, zone, companyRef } = props;
  const { filters, order } = request;
  const navigation = useEventsNavigation(request);
  const companyNames = useMemo(
    () => props.companies && new Map(props.companies.map(({ id, name }) => [id, name])),
    [props.companies],
  );
  const columns = useMemo(() => eventColumns(zone, companyNames ?? null), [zone, companyNames]);
  const isNewestFirst = order.by === "time" && order.isDescending;
  const isLive =
    request.isLive && request.page === null && isNewestFirst && reachesPresent(filters.range, props.readAt);
  const liveState = useLiveRows(companyRef, isLive);
  const sites = siteChoices(props.sites, companyNames);
  return (
    <>
      <PageHeader title="Events" description={<ZoneLabel zone={zone} at={props.readAt} />} />
      <IgnoredNotice ignored={props.ignored} />
      <DataTable
        label="Events"
        storageKey="winauthmon.events.columns"
        columns={columns}
        rows={page?.rows ?? []}
        getRowId={rowId}
        isPending={navigation.isPending}
        sort={{ columnId: order.by, direction: order.isDescending ? "desc" : "asc" }}
        sortHref={({ columnId, direction }) => {
          const by = EVENT_SORTS.find((sort) => sort === columnId) ?? "time";
          return navigation.href({ order: { by, isDescending: direction === "desc" }, page: null });
        }}
        toolbar={
          <EventsToolbar
            request={request}
            sites={sites}
            zone={zone}
            span={page?.range}
            liveState={liveState}
            onFilters={navigation.changeFilters}
            onLive={(isOn) => navigation.change({ isLive: isOn })}
          />
        }
        filters={filterChips(filters, sites, navigation.changeFilters)}
        onClearFilters={() => navigation.changeFilters({ ...NO_FILTERS, range: filters.range })}
        count={props.count ? { ...props.count, noun: ["event", "events"] } : undefined}
        pager={pagerOf(request, page, isNewestFirst, navigation)}
        detail={{
          title: (row) => row.userName,
          description: (row) => `${KIND_LABEL[row.kind]} on ${row.computerName}`,
          render: (row) => (
            <EventDetailPanel
              key={rowId(row)}
              row={row}
              zone={zone}
              companyName={companyNames?.get(row.companyId)}
            />
          ),
        }}
        error={
          props.problem
            ? {
                title: "The events could not be listed",
                description: props.problem,
                onRetry: navigation.toFirstPage,
              }
            : undefined
        }
        empty={<NoMatch filters={filters} onClear={() => navigation.changeFilters(NO_FILTERS)} />}
      />
    </>
  );
}

function IgnoredNotice({ ignored }: { ignored: readonly string[] }) {
  if (ignored.length === 0) return null;
  return (
    <Alert>
      <AlertDescription>
        Part of the address was not understood and is left out: {ignored.join(", ")}
      </AlertDescription>
    </Alert>
  );
}

function pagerOf(
  request: EventsRequest,
  page: EventsViewProps["page"],
  isNewestFirst: boolean,
  { href, change }: ReturnType<typeof useEventsNavigation>,
): TablePager {
  return {
    previous: page?.previous ? { href: href({ page: { before: page.previous } }) } : undefined,
    next: page?.next ? { href: href({ page: { after: page.next } }) } : undefined,
    ...(!isNewestFirst && { previousLabel: "Previous", nextLabel: "Next" }),
    pageSize: request.pageSize,
    pageSizes: PAGE_SIZES,
    onPageSizeChange: (size) =>
      change({ pageSize: PAGE_SIZES.find((known) => known === size) ?? request.pageSize, page: null }),
  };
}

function rowId(row: EventRow): string {
  return `${row.companyId}-${row.id}`;
}

function useEventsNavigation(request: EventsRequest) {
  const router = useRouter();
  const pathname = usePathname();
  const [isPending, startTransition] = useTransition();
  const href = (part: Partial<EventsRequest>) =>
    `${pathname}?${formatEventsRequest({ ...request, ...part })}`;
  const change = (part: Partial<EventsRequest>) =>
    startTransition(() => router.replace(href(part), { scroll: false }));
  return {
    isPending,
    href,
    change,
    changeFilters: (filters: EventFilters) => change({ filters, page: null }),
    toFirstPage: () => change({ ...DEFAULT_REQUEST, filters: request.filters }),
  };
}

/** Sites by name; with several companies in view the company stands before it. */
function siteChoices(
  sites: EventsViewProps["sites"],
  companyNames: ReadonlyMap<number, string> | undefined,
): SiteChoice[] {
  return sites.map(({ id, name, companyId }) => ({
    id,
    name: companyNames ? `${companyNames.get(companyId) ?? ""}, ${name}` : name,
  }));
}

function filterChips(
  filters: EventFilters,
  sites: readonly SiteChoice[],
  change: (filters: EventFilters) => void,
): TableFilter[] {
  const chips: TableFilter[] = filters.kinds.map((kind) => ({
    id: `kind-${kind}`,
    label: "Kind",
    value: KIND_LABEL[kind],
    onRemove: () => change({ ...filters, kinds: filters.kinds.filter((other) => other !== kind) }),
  }));
  for (const id of filters.siteIds) {
    const value = sites.find((site) => site.id === id)?.name ?? String(id);
    const siteIds = filters.siteIds.filter((other) => other !== id);
    chips.push({ id: `site-${id}`, label: "Site", value, onRemove: () => change({ ...filters, siteIds }) });
  }
  if (filters.search) {
    const onRemove = () => change({ ...filters, search: "" });
    chips.push({ id: "search", label: "Search", value: filters.search, onRemove });
  }
  if (filters.accountId !== null) {
    const onRemove = () => change({ ...filters, accountId: null });
    chips.push({ id: "account", label: "Account", value: `no. ${filters.accountId}`, onRemove });
  }
  if (filters.computerId !== null) {
    const onRemove = () => change({ ...filters, computerId: null });
    chips.push({ id: "computer", label: "Computer", value: `no. ${filters.computerId}`, onRemove });
  }
  return chips;
}

function NoMatch({ filters, onClear }: { filters: EventFilters; onClear: () => void }) {
  const isFiltered = hasFilters(filters);
  return (
    <EmptyState
      icon={SearchX}
      title={isFiltered ? "No event matches these filters" : "No events in this time"}
      description={
        isFiltered
          ? "Take a filter away, or choose a longer time."
          : "Choose a longer time to see older events."
      }
      actions={
        <Button variant="outline" onClick={onClear}>
          Clear filters
        </Button>
      }
    />
  );
}
