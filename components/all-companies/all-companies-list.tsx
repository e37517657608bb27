"use client";

import type { RowData } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import type { DataTableColumn } from "@/components/data-table/column";
import { ListTable } from "@/components/lists/list-table";
import { ExportMenu } from "@/components/exports/export-menu";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import {
  filterChipsOf,
  ListToolbar,
  onlyCompanyFilter,
  type ListFilter,
} from "@/components/lists/list-filters";
import { sortOf, useExportQuery, useListUrl } from "@/components/lists/use-list-url";
import { NothingMatches } from "@/components/lists/nothing-in-range";
import { numberedPager } from "@/components/lists/pager";
import { ZoneLabel } from "@/components/time/zone-label";
import { EmptyState } from "@/components/ui/empty-state";
import type { AllCompaniesFrame } from "@/lib/domain/reports/all-companies";
import type { NumberedPage } from "@/lib/services/reports/row-page";

export interface AllCompaniesPage<Query, Row extends RowData> extends AllCompaniesFrame<Query> {
  page: NumberedPage<Row>;
}

interface AllCompaniesListProps<Row extends RowData> extends AllCompaniesPage<{ sort: string }, Row> {
  title: string;
  /** In the read API and in the addresses of files. */
  report: string;
  /** A constant of the module, or memoised. */
  columns: readonly DataTableColumn<Row>[];
  getRowId: (row: Row) => string;
  searchLabel: string;
  filters: readonly ListFilter[];
  noun: readonly [one: string, many: string];
  /** Without filters and rows: "No sites yet". */
  emptyTitle: string;
}

/** What of all companies stands together. Each row leads to its company, where it is changed. */
export function AllCompaniesList<Row extends RowData>(props: AllCompaniesListProps<Row>) {
  const t = useTranslations("lists");
  const own = useTranslations("allCompanies");
  const { title, report, page, query, zone, companies, only } = props;
  const url = useListUrl();
  const exportQuery = useExportQuery(props.ignored);
  const filters = [onlyCompanyFilter(companies), ...props.filters];
  const chips = filterChipsOf(url, filters);
  return (
    <>
      <PageHeader title={title} description={<ZoneLabel zone={zone} at={props.readAt} />} />
      <IgnoredNotice ignored={props.ignored} />
      <ListTable
        url={url}
        label={title}
        name={report}
        columns={props.columns}
        rows={page.rows}
        getRowId={props.getRowId}
        sort={sortOf(query.sort)}
        toolbar={<ListToolbar url={url} label={props.searchLabel} filters={filters} />}
        exportMenu={(shown) => (
          <ExportMenu
            report={report}
            companyRef={only === null ? "all" : String(only)}
            query={exportQuery}
            columns={shown}
          />
        )}
        filters={chips}
        count={{ total: page.rowCount, noun: props.noun }}
        pager={numberedPager(page, url)}
        empty={
          chips.length > 0 ? (
            <NothingMatches url={url} title={t("noMatch")} />
          ) : (
            <EmptyState title={props.emptyTitle} description={own("noneNote")} />
          )
        }
      />
    </>
  );
}
