"use client";

import { Building2, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ListTable } from "@/components/lists/list-table";
import { TableMenus } from "@/components/saved-views/table-menus";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { filterChipsOf, ListSearch } from "@/components/lists/list-filters";
import { ListRange } from "@/components/lists/list-range";
import { sortOf, useExportQuery, useListUrl } from "@/components/lists/use-list-url";
import { formatDateTime } from "@/components/time/format";
import { ZoneLabel } from "@/components/time/zone-label";
import { EmptyState } from "@/components/ui/empty-state";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import { overviewRange } from "@/lib/domain/tile-lists";
import type { ComingHours } from "./figure";
import { overviewColumns, type OverviewRow } from "./overview-columns";
import { OverviewTotals } from "./overview-totals";

interface OverviewViewProps {
  rows: OverviewRow[];
  /** Of all rows together. */
  hours: ComingHours;
  range: ReportRange;
  before: ReportRange;
  companyRef: string;
  /** The companies whose sites the reader may open. */
  sitesOf: readonly number[];
  /** Null for all of them. */
  companyName: string | null;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  ignored: readonly string[];
  /** In the order of the address when it names none. */
  sortWord: string;
}

/** What each company came to in a range, beside the range before. */
export function OverviewView(props: OverviewViewProps) {
  const { rows, hours, range, before, companyRef, companyName, sitesOf, zone, sortWord } = props;
  const t = useTranslations("overview");
  const url = useListUrl();
  const exportQuery = useExportQuery(props.ignored);
  const rangeQuery = overviewRange(exportQuery, zone);
  const columns = useMemo(
    () => overviewColumns({ range, rangeQuery, companyRef, sitesOf }),
    [range, rangeQuery, companyRef, sitesOf],
  );
  const when = (at: number) => formatDateTime(at, zone, "minute");
  return (
    <>
      <PageHeader
        title={companyName === null ? t("companiesTitle") : t("title")}
        description={
          <span className="flex flex-wrap items-center gap-x-3">
            <ZoneLabel zone={zone} at={props.readAt} />
            <span>{t("comparedWith", { from: when(before.from), to: when(before.to) })}</span>
          </span>
        }
      />
      <IgnoredNotice ignored={props.ignored} />
      {rows.length > 0 && <OverviewTotals rows={rows} hours={hours} />}
      <ListTable
        url={url}
        label={companyName === null ? t("companies") : t("title")}
        name="overview"
        columns={columns}
        rows={rows}
        getRowId={({ companyId }) => String(companyId)}
        sort={sortOf(sortWord)}
        toolbar={
          <>
            {companyName === null && <ListSearch url={url} label={t("search")} />}
            <ListRange url={url} zone={zone} range={range} />
          </>
        }
        exportMenu={(shown) => (
          <TableMenus report="companies" companyRef={companyRef} query={exportQuery} columns={shown} />
        )}
        filters={filterChipsOf(url, []).filter(({ id }) => id === "q")}
        clearing={{ q: null }}
        count={{ total: rows.length, noun: [t("oneCompany"), t("manyCompanies")] }}
        empty={
          url.get("q") ? (
            <EmptyState icon={SearchX} title={t("noMatch")} description={t("noMatchNote")} />
          ) : (
            <EmptyState icon={Building2} title={t("none")} description={t("noneNote")} />
          )
        }
      />
    </>
  );
}
