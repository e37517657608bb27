"use client";

import { MonitorCheck, SearchX } from "lucide-react";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { TableMenus } from "@/components/saved-views/table-menus";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { ListSearch, ListSelect, type ListFilter } from "@/components/lists/list-filters";
import { numberedPager } from "@/components/lists/pager";
import { ListRange } from "@/components/lists/list-range";
import { sortHrefOf, sortOf, useExportQuery, useListUrl, type ListUrl } from "@/components/lists/use-list-url";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { NativeSelect } from "@/components/ui/native-select";
import type { ConcurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import type { ConcurrentSessionsScreen } from "@/lib/services/reports/concurrent-sessions-screen";
import { concurrentScreenColumns } from "./concurrent-columns";
import { WhoWasOnTabs } from "./who-was-on-tabs";

const FILTERS = ["q", "site", "account", "computer", "count"] as const;
const CLEAR = Object.fromEntries(FILTERS.map((name) => [name, null]));

const COUNT_LABEL: Readonly<Record<ConcurrentSessionsQuery["count"], string>> = {
  signed_in: "Active or locked",
  active: "Active only",
  any: "Uncertain time as well",
};

interface ConcurrentViewProps {
  screen: ConcurrentSessionsScreen;
  query: ConcurrentSessionsQuery;
  range: ReportRange;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  ignored: readonly string[];
  companyRef: string;
  /** Given when several companies are in view. */
  companyNames?: Readonly<Record<number, string>>;
}

/** Every time of a range during which one account was on several computers at once. */
export function ConcurrentView(props: ConcurrentViewProps) {
  const { screen, query, range, zone, readAt, ignored, companyRef, companyNames } = props;
  const url = useListUrl();
  const exportQuery = useExportQuery(ignored);
  const isManyCompanies = companyNames !== undefined;
  const columns = useMemo(
    () => concurrentScreenColumns(zone, companyRef, isManyCompanies),
    [zone, companyRef, isManyCompanies],
  );
  const sites = siteFilterOf(screen.sites, companyNames);
  return (
    <>
      <PageHeader title="Who was on" description={<ZoneLabel zone={zone} at={readAt} />} />
      <WhoWasOnTabs companyRef={companyRef} current="concurrent" />
      <IgnoredNotice ignored={ignored} />
      <DataTable
        label="Concurrent sessions"
        storageKey="winauthmon.concurrent-sessions.columns"
        columns={columns}
        rows={screen.rows}
        getRowId={(row) => `${row.accountId} ${row.from}`}
        isPending={url.isPending}
        sort={sortOf(query.sort)}
        sortHref={sortHrefOf(url)}
        toolbar={
          <>
            <ListSearch url={url} label="Search account or computer" />
            <ListRange url={url} zone={zone} range={range} />
            {sites.choices.length > 1 && <ListSelect url={url} filter={sites} />}
            <NativeSelect
              aria-label="What counts as being on"
              value={query.count}
              onChange={({ target }) =>
                url.set({ count: target.value === "signed_in" ? null : target.value })
              }
            >
              {Object.entries(COUNT_LABEL).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </NativeSelect>
          </>
        }
        exportMenu={(shown) => (
          <TableMenus
            report="concurrent-sessions"
            companyRef={companyRef}
            query={exportQuery}
            columns={shown}
          />
        )}
        filters={chipsOf(url, props, sites)}
        clearFiltersHref={url.href(CLEAR)}
        count={{ total: screen.rowCount, noun: ["session", "sessions"] }}
        pager={numberedPager(screen, url)}
        empty={<NoSessions url={url} />}
      />
    </>
  );
}

function chipsOf(url: ListUrl, { screen, query }: ConcurrentViewProps, sites: ListFilter) {
  const chip = (id: string, label: string, value: string | null | undefined) =>
    value ? [{ id, label, value, removeHref: url.href({ [id]: null }) }] : [];
  const named = (id: number | undefined, name: string | null) => id && (name ?? `no. ${id}`);
  return [
    ...chip("q", "Search", query.q),
    ...chip("site", "Site", sites.choices.find(({ value }) => value === String(query.site))?.label),
    ...chip("account", "Account", named(query.account, screen.accountName) || null),
    ...chip("computer", "Computer", named(query.computer, screen.computerName) || null),
    ...chip("count", "Counted", query.count === "signed_in" ? null : COUNT_LABEL[query.count]),
  ];
}

/** With several companies in view the company stands before the site's name. */
function siteFilterOf(
  sites: ConcurrentSessionsScreen["sites"],
  companyNames: ConcurrentViewProps["companyNames"],
): ListFilter {
  const choices = sites.map(({ id, name, companyId }) => ({
    value: String(id),
    label: companyNames ? `${companyNames[companyId] ?? ""}, ${name}` : name,
  }));
  return { name: "site", label: "Site", choices };
}

function NoSessions({ url }: { url: ListUrl }) {
  const isFiltered = FILTERS.some((name) => url.get(name) !== "");
  return (
    <EmptyState
      icon={isFiltered ? SearchX : MonitorCheck}
      title={isFiltered ? "No concurrent session matches" : "Nobody was on two computers at once"}
      description={isFiltered ? "Take a filter away, or look at a longer time." : "Look at a longer time."}
      actions={
        <>
          {isFiltered && (
            <Button variant="outline" onClick={() => url.set(CLEAR)}>
              Clear filters
            </Button>
          )}
          <Button variant="outline" onClick={() => url.set({ range: "30d", from: null, to: null })}>
            Last 30 days
          </Button>
        </>
      }
    />
  );
}
