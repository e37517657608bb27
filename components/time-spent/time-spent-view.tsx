"use client";

import { formatNumber } from "@/components/ui/format-number";
import { CalendarCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { TableSort } from "@/components/data-table/column";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { namedChips } from "@/components/lists/named-chips";
import { cleared } from "@/components/lists/nothing-in-range";
import { ReportTable } from "@/components/lists/report-table";
import { sortOf, type ListUrl } from "@/components/lists/use-list-url";
import { useReportList } from "@/components/lists/use-report-list";
import { Duration } from "@/components/time/duration";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import { PAYROLL_QUERY, type TimeSpentReportRow } from "@/lib/domain/reports/time-spent-columns";
import type { TimeSpentScreen } from "@/lib/services/reports/time-spent-screen";
import { timeSpentScreenColumns } from "./columns";
import { SpentSummary } from "./spent-summary";
import { TimeSpentToolbar } from "./time-spent-toolbar";

/** The parameters that hold the list to some rows; "Clear filters" takes these away and leaves the range. */
const CLEARING = cleared(["q", "only", "site", "account", "computer"]);

type TimeSpentViewProps = TimeSpentScreen & ReportScreenProps<TimeSpentQuery>;

/** The Time Spent screen; the address says everything but which columns are shown. */
export function TimeSpentView(props: TimeSpentViewProps) {
  const { query, zone, totals, readAt } = props;
  const t = useTranslations("timeSpent");
  const { url, exported, companyFilter, siteFilter, isManyCompanies } = useReportList(props);
  const columns = useColumns(props, url);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={<ZoneLabel zone={zone} at={readAt} />}
        actions={
          <Button asChild variant="outline" size="sm">
            <Link href={payrollHref(props)} title={t("payrollNote")}>
              <CalendarCheck aria-hidden />
              {t("payroll")}
            </Link>
          </Button>
        }
      />
      <IgnoredNotice ignored={props.ignored} />
      <ReportTable
        report="time-spent"
        screen={props}
        url={url}
        query={exported}
        clearing={CLEARING}
        label={t("title")}
        columns={columns}
        getRowId={rowId}
        sort={orderOf(query)}
        toolbar={<TimeSpentToolbar {...{ url, query, companyFilter, siteFilter }} days={props} />}
        filters={namedChips(url, query, { ...props, companyFilter, siteFilter })}
        summary={
          props.rowCount > 0 && (
            <SpentSummary screen={props} readAt={readAt} url={url} isManyCompanies={isManyCompanies} />
          )
        }
        noun={[t("oneRow"), t("manyRows")]}
        totals={{
          userName: t("allAccounts", { count: totals.accounts }),
          activeSeconds: <Duration seconds={totals.activeSeconds} className="tabular" />,
          lockedSeconds: <Duration seconds={totals.lockedSeconds} className="tabular" />,
          uncertainSeconds: <Duration seconds={totals.uncertainSeconds} className="tabular" />,
          sessions: <span className="tabular">{formatNumber(totals.sessions)}</span>,
        }}
        nothing={{ filteredTitle: t("noMatch"), title: t("none"), description: t("noneNote") }}
      />
    </>
  );
}

function payrollHref({ companyRef, heldRef }: TimeSpentViewProps): string {
  const held = heldRef === companyRef ? "" : `&only=${heldRef}`;
  return `/${companyRef}/time-spent?${PAYROLL_QUERY}${held}`;
}

function rowId(row: TimeSpentReportRow): string {
  return `${row.date ?? ""}-${row.accountId}-${row.computerId ?? ""}`;
}

function orderOf({ sort, per }: TimeSpentQuery): TableSort {
  const order = sortOf(sort);
  // Totals have no date; in the usual order they stand by account.
  return per === "range" && order.columnId === "date" ? { columnId: "userName", direction: "asc" } : order;
}

function useColumns({ query, zone, companyRef, companyNames }: TimeSpentViewProps, url: ListUrl) {
  const { per, group_by } = query;
  const isManyCompanies = companyNames !== undefined;
  const address = url.href({});
  return useMemo(() => {
    const search = new URLSearchParams(address.split("?")[1] ?? "");
    for (const name of ["q", "account", "sort", "per"]) search.delete(name);
    const dayHref = (row: TimeSpentReportRow) =>
      `/${companyRef}/time-spent/${row.accountId}/${row.date}${search.size > 0 ? `?${search}` : ""}`;
    const accountHref = (row: TimeSpentReportRow) => {
      const params = new URLSearchParams(search);
      params.set("account", String(row.accountId));
      return `/${companyRef}/time-spent?${params}`;
    };
    return timeSpentScreenColumns({
      zone,
      isPerDay: per === "day",
      isPerComputer: group_by === "user_computer",
      isManyCompanies,
      hrefOf: per === "day" ? dayHref : accountHref,
    });
  }, [zone, per, group_by, companyRef, isManyCompanies, address]);
}
