"use client";

import { ShieldCheck } from "lucide-react";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { TableFilter } from "@/components/data-table/filter-chips";
import { ExportMenu } from "@/components/exports/export-menu";
import { TableMenus } from "@/components/saved-views/table-menus";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import {
  sortHrefOf,
  sortOf,
  useExportQuery,
  useListUrl,
  type ListUrl,
} from "@/components/lists/use-list-url";
import { namedChips } from "@/components/lists/named-chips";
import { cleared, NothingInRange } from "@/components/lists/nothing-in-range";
import { numberedPager } from "@/components/lists/pager";
import { siteFilterOf, type ListFilter } from "@/components/lists/list-filters";
import { ZoneLabel } from "@/components/time/zone-label";
import type { FailureGroup } from "@/lib/domain/reports/failure-columns";
import type { FailuresQuery } from "@/lib/domain/reports/failures";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { FailuresScreen } from "@/lib/services/reports/failures-screen";
import { rowEvidence } from "./evidence";
import { failureScreenColumns } from "./failure-columns";
import { FailuresSummary } from "./failures-summary";
import { FailuresToolbar } from "./failures-toolbar";

type FailuresViewProps = FailuresScreen & ReportScreenProps<FailuresQuery>;

/** The parameters that hold the list to some failures; "Clear filters" takes these away and leaves the range. */
const CLEARING = cleared(["q", "address", "reason", "site", "account", "computer"]);
const NOUNS: Readonly<Record<FailureGroup, readonly [one: string, many: string]>> = {
  account: ["account", "accounts"],
  computer: ["computer", "computers"],
  address: ["address", "addresses"],
  reason: ["reason", "reasons"],
};

/** The Failed logons screen; the address says everything but which columns are shown. */
export function FailuresView(props: FailuresViewProps) {
  const { query, range, zone, companyRef, companyNames, totals } = props;
  const url = useListUrl();
  const isManyCompanies = companyNames !== undefined;
  const columns = useMemo(
    () =>
      failureScreenColumns({
        zone,
        groupBy: query.group_by,
        isManyCompanies,
        hrefOf: (row) => rowEvidence(row, query, range),
      }),
    [zone, query, isManyCompanies, range],
  );
  const siteFilter = siteFilterOf(props.sites, companyNames);
  const menus = useExportMenus(props);
  return (
    <>
      <PageHeader title="Failed logons" description={<ZoneLabel zone={zone} at={props.readAt} />} />
      <IgnoredNotice ignored={props.ignored} />
      <DataTable
        label="Failed logons"
        storageKey="winauthmon.failures.columns"
        columns={columns}
        rows={props.rows}
        getRowId={({ companyId, id, name }) => `${companyId}-${id ?? name ?? ""}`}
        isPending={url.isPending}
        sort={sortOf(query.sort ?? "-failures")}
        sortHref={sortHrefOf(url)}
        toolbar={
          <FailuresToolbar url={url} query={query} zone={zone} range={range} siteFilter={siteFilter} />
        }
        filters={chipsOf(url, props, siteFilter)}
        clearFiltersHref={url.href(CLEARING)}
        summary={
          props.rowCount > 0 && (
            <FailuresSummary
              screen={props}
              zone={zone}
              readAt={props.readAt}
              isManyCompanies={isManyCompanies}
              timesMenu={menus.times}
              burstsMenu={menus.bursts}
            />
          )
        }
        exportMenu={(shown) => (
          <TableMenus report="failures" companyRef={companyRef} query={menus.query} columns={shown} />
        )}
        count={{ total: props.rowCount, noun: NOUNS[query.group_by] }}
        pager={numberedPager(props, url)}
        totals={{
          name: "All",
          failures: <span className="tabular">{totals.failures.toLocaleString("en")}</span>,
          lockouts: <span className="tabular">{totals.lockouts.toLocaleString("en")}</span>,
        }}
        empty={
          <NothingInRange
            url={url}
            clearing={CLEARING}
            icon={ShieldCheck}
            filteredTitle="No failure matches these filters"
            title="No failed logons in this time"
            description="Neither a failed logon nor a lockout was reported. Look at a longer time, or see that the computers report."
          />
        }
      />
    </>
  );
}

/** How the rows are put together is nothing to the chart and the bursts, whose reports do not know the words. */
function useExportMenus({ ignored, companyRef }: FailuresViewProps) {
  const query = useExportQuery(ignored);
  const filters = useExportQuery([...ignored, "group_by", "sort"]);
  const menu = (report: string, label: string) => (
    <ExportMenu report={report} companyRef={companyRef} query={filters} label={label} />
  );
  return {
    query,
    times: menu("failure-times", "Export failures over time"),
    bursts: menu("failure-bursts", "Export bursts"),
  };
}

function chipsOf(
  url: ListUrl,
  { query, accountName, computerName }: FailuresViewProps,
  siteFilter: ListFilter,
): TableFilter[] {
  const own = [
    { id: "address", label: "From address", value: query.address === "-" ? "not told" : query.address },
    { id: "reason", label: "Reason", value: query.reason },
  ];
  return [
    ...namedChips(url, query, { siteFilter, accountName, computerName }),
    ...own.flatMap(({ id, label, value }) =>
      value ? [{ id, label, value, removeHref: url.href({ [id]: null }) }] : [],
    ),
  ];
}
