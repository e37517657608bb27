"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { TableSort } from "@/components/data-table/column";
import type { TableCount } from "@/components/data-table/count-label";
import { DataTable, type TableError } from "@/components/data-table/data-table";
import type { TablePager } from "@/components/data-table/data-table-footer";
import { useLivePage } from "@/components/live/use-live-page";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { onlyNamedCompanyFilter } from "@/components/lists/list-filters";
import { formatDateTime } from "@/components/time/format";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { reachesPresent } from "@/lib/domain/events/event-range";
import type { EventRow } from "@/lib/domain/events/event-row";
import {
  type EventsRequest,
  EVENT_SORTS,
  formatEventsRequest,
  PAGE_SIZES,
} from "@/lib/domain/events/filters";
import type { EventsScreen } from "@/lib/services/events/read-events-screen";
import { eventColumns } from "./columns";
import { useEventDetail } from "./event-detail";
import { EventsToolbar, type SiteChoice } from "./events-toolbar";
import { useFilterChips } from "./filter-chips";
import { TableMenus } from "@/components/saved-views/table-menus";
import { NoMatch } from "./no-match";
import { useEventsNavigation, type EventsNavigation } from "./use-events-navigation";
import { useFreshRows } from "./use-fresh-rows";

type T = ReturnType<typeof useTranslations<"events">>;

interface EventsViewProps extends Omit<EventsScreen, "count" | "problem"> {
  /** Why there is no page, in words; a wrong page is one that the address names and that is not there. */
  problem: { message: string; isWrongPage: boolean } | null;
  count: Promise<TableCount | null>;
  /** Epoch milliseconds. */
  readAt: number;
  zone: string;
  companyRef: string;
  /** The company that the list is held to, else the company of the address. */
  heldRef: string;
  /** The names by id of the companies that the list can be held to; none where one company is in view. */
  companyChoices: Readonly<Record<number, string>> | undefined;
}

const NO_ROWS: EventRow[] = [];

/** The Events screen: the address says everything but which columns are shown. */
export function EventsView(props: EventsViewProps) {
  const { request, page, zone, companyRef, heldRef, accountName, computerName } = props;
  const { only, filters, order } = request;
  const t = useTranslations("events");
  const navigation = useEventsNavigation(request);
  const companyNames = useMemo(() => mapOf(props.companyChoices), [props.companyChoices]);
  const listed = listedIn(companyNames, only);
  const columns = useMemo(() => eventColumns(zone, listed), [zone, listed]);
  const isNewestFirst = order.by === "time" && order.isDescending;
  const isTop = (page?.isFirst ?? false) && isNewestFirst && reachesPresent(filters.range, props.readAt);
  const liveState = useLivePage({
    companyRef: heldRef,
    isOn: request.isLive && isTop,
    isHeld: navigation.isPending,
    readAt: props.readAt,
    pauseMilliseconds: 1_500,
  });
  const rows = page?.rows ?? NO_ROWS;
  const isRowFresh = useFreshRows(rows, isTop ? navigation.href({}) : null);
  const sites = siteChoices(t, props.sites, listed);
  const companyFilter = onlyNamedCompanyFilter(props.companyChoices);
  const names = { companies: companyFilter.choices, sites, accountName, computerName };
  const chips = useFilterChips(request, names, navigation);
  const detail = useEventDetail({ zone, companyNames, companyRef, only, range: filters.range });
  return (
    <>
      <PageHeader title={t("title")} description={<ZoneLabel zone={zone} at={props.readAt} />} />
      <IgnoredNotice ignored={props.ignored} />
      <DataTable
        label={t("title")}
        storageKey="winauthmon.events.columns"
        columns={columns}
        rows={rows}
        getRowId={eventRowId}
        isRowFresh={isRowFresh}
        isPending={navigation.isPending}
        sort={{ columnId: order.by, direction: order.isDescending ? "desc" : "asc" }}
        sortHref={(sort) => navigation.href(inOrder(sort))}
        onSortChange={(sort) => navigation.change(inOrder(sort))}
        toolbar={
          <EventsToolbar
            request={request}
            sites={sites}
            companyFilter={companyFilter}
            zone={zone}
            span={page?.range}
            canBeLive={isTop}
            liveState={liveState}
            navigation={navigation}
          />
        }
        filters={chips}
        onClearFilters={navigation.clearFilters}
        exportMenu={(columns) => <EventMenus {...{ request, heldRef, columns }} />}
        count={props.count}
        pager={pagerOf(props, isNewestFirst, navigation)}
        detail={detail}
        error={errorOf(t, props.problem, navigation)}
        empty={<NoMatch request={request} isFirst={page?.isFirst ?? true} navigation={navigation} />}
      />
    </>
  );
}

/** What can be done with the list as its filters select it. */
function EventMenus({
  request,
  heldRef,
  columns,
}: Pick<EventsViewProps, "request" | "heldRef"> & { columns: readonly string[] }) {
  return (
    <TableMenus report="events" companyRef={heldRef} query={formatEventsRequest(request)} columns={columns} />
  );
}

function mapOf(names: EventsViewProps["companyChoices"]): ReadonlyMap<number, string> | undefined {
  return names && new Map(Object.entries(names).map(([id, name]) => [Number(id), name]));
}

/** The names of the companies that rows are told apart by; null where all are of one. */
function listedIn(companyNames: ReturnType<typeof mapOf>, only: number | null) {
  return only === null && companyNames ? companyNames : null;
}

function inOrder({ columnId, direction }: TableSort) {
  const by = EVENT_SORTS.find((sort) => sort === columnId) ?? "time";
  return { order: { by, isDescending: direction === "desc" }, page: null };
}

function eventRowId(row: EventRow): string {
  return `${row.companyId}-${row.id}`;
}

function errorOf(
  t: T,
  problem: EventsViewProps["problem"],
  navigation: EventsNavigation,
): TableError | undefined {
  if (!problem) return undefined;
  return problem.isWrongPage
    ? {
        title: t("pageGone"),
        description: problem.message,
        actions: (
          <Button variant="outline" onClick={navigation.toFirstPage}>
            {t("firstPage")}
          </Button>
        ),
      }
    : { title: t("listFailed"), description: problem.message, onRetry: navigation.again };
}

function pagerOf(
  { request, page, zone }: EventsViewProps,
  isNewestFirst: boolean,
  { href, toPage, change }: EventsNavigation,
): TablePager {
  const times = [page?.rows[0], page?.rows.at(-1)].map((row) => row && formatDateTime(row.occurredAt, zone));
  const isByTime = request.order.by === "time";
  const wayTo = (place: EventsRequest["page"]) => ({
    href: href({ page: place }),
    onClick: () => toPage(place),
  });
  return {
    position: isByTime && times[0] ? times.join(" – ") : undefined,
    previous: page?.previous ? wayTo({ before: page.previous }) : undefined,
    next: page?.next ? wayTo({ after: page.next }) : undefined,
    isByTime: isNewestFirst,
    pageSize: request.pageSize,
    pageSizes: PAGE_SIZES,
    onPageSizeChange: (size) =>
      change({ pageSize: PAGE_SIZES.find((known) => known === size) ?? request.pageSize, page: null }),
  };
}

/** Sites by name; with several companies in view the company stands before it. */
function siteChoices(
  t: T,
  sites: EventsViewProps["sites"],
  companyNames: ReadonlyMap<number, string> | null,
): SiteChoice[] {
  return sites.map(({ id, name, companyId }) => ({
    id,
    name: companyNames ? t("siteOf", { company: companyNames.get(companyId) ?? "", site: name }) : name,
  }));
}
