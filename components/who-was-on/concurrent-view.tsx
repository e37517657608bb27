"use client";

import { MonitorCheck } from "lucide-react";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { TableMenus } from "@/components/saved-views/table-menus";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { ListSearch, ListSelect, siteFilterOf } from "@/components/lists/list-filters";
import { namedChips } from "@/components/lists/named-chips";
import { cleared, NothingInRange } from "@/components/lists/nothing-in-range";
import { numberedPager } from "@/components/lists/pager";
import { ListRange } from "@/components/lists/list-range";
import {
  sortHrefOf,
  sortOf,
  useExportQuery,
  useListUrl,
  type ListUrl,
} from "@/components/lists/use-list-url";
import { ZoneLabel } from "@/components/time/zone-label";
import { NativeSelect } from "@/components/ui/native-select";
import type { ConcurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { ConcurrentSessionsScreen } from "@/lib/services/reports/concurrent-sessions-screen";
import { concurrentScreenColumns } from "./concurrent-columns";
import { WhoWasOnTabs } from "./who-was-on-tabs";

const CLEARING = cleared(["q", "site", "account", "computer", "count"]);

const COUNT_LABEL: Readonly<Record<ConcurrentSessionsQuery["count"], string>> = {
  signed_in: "Active or locked",
  active: "Active only",
  any: "Uncertain time as well",
};

type ConcurrentViewProps = ConcurrentSessionsScreen & ReportScreenProps<ConcurrentSessionsQuery>;

/** Every time of a range during which one account was on several computers at once. */
export function ConcurrentView(props: ConcurrentViewProps) {
  const { query, range, zone, readAt, ignored, companyRef, companyNames } = props;
  const url = useListUrl();
  const exportQuery = useExportQuery(ignored);
  const isManyCompanies = companyNames !== undefined;
  const columns = useMemo(
    () => concurrentScreenColumns(zone, companyRef, isManyCompanies),
    [zone, companyRef, isManyCompanies],
  );
  const siteFilter = siteFilterOf(props.sites, companyNames);
  return (
    <>
      <PageHeader title="Who was on" description={<ZoneLabel zone={zone} at={readAt} />} />
      <WhoWasOnTabs companyRef={companyRef} current="concurrent" />
      <IgnoredNotice ignored={ignored} />
      <DataTable
        label="Concurrent sessions"
        storageKey="winauthmon.concurrent-sessions.columns"
        columns={columns}
        rows={props.rows}
        getRowId={(row) => `${row.accountId} ${row.from}`}
        isPending={url.isPending}
        sort={sortOf(query.sort)}
        sortHref={sortHrefOf(url)}
        toolbar={
          <>
            <ListSearch url={url} label="Search account or computer" />
            <ListRange url={url} zone={zone} range={range} />
            {siteFilter.choices.length > 1 && <ListSelect url={url} filter={siteFilter} />}
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
        filters={[...namedChips(url, query, { ...props, siteFilter }), ...countChip(url, query)]}
        clearFiltersHref={url.href(CLEARING)}
        count={{ total: props.rowCount, noun: ["session", "sessions"] }}
        pager={numberedPager(props, url)}
        empty={
          <NothingInRange
            url={url}
            clearing={CLEARING}
            icon={MonitorCheck}
            filteredTitle="No concurrent session matches"
            title="Nobody was on two computers at once"
            description="Look at a longer time."
          />
        }
      />
    </>
  );
}

function countChip(url: ListUrl, { count }: ConcurrentSessionsQuery) {
  if (count === "signed_in") return [];
  return [
    { id: "count", label: "Counted", value: COUNT_LABEL[count], removeHref: url.href({ count: null }) },
  ];
}
