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
import { LinkButton } from "@/components/ui/link-button";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import { PAYROLL_QUERY, type TimeSpentReportRow } from "@/lib/domain/reports/time-spent-columns";
import type { TimeSpentScreen } from "@/lib/services/reports/time-spent-screen";
import { timeSpentScreenColumns } from "./columns";
import { SpentSummary } from "./spent-summary";
import { TimeSpentToolbar } from "./time-spent-toolbar";

/** The parameters that hold the list to some rows; "Clear filters" takes these away and leaves the range. */
const CLEARING = cleared(["q", "only", "site", "account", "computer"]);

/** What finds a row among others, and says nothing of one. */
const OF_A_ROW = { q: null, sort: null, per: null };

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
          <LinkButton {...url.linkTo(url.pathname, payrollQuery)} title={t("payrollNote")} size="sm">
            <CalendarCheck aria-hidden />
            {t("payroll")}
          </LinkButton>
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

/** The month of all that the list is of: everybody's, or one company's. */
function payrollQuery(query: string): string {
  const only = new URLSearchParams(query).get("only");
  return only === null ? PAYROLL_QUERY : `${PAYROLL_QUERY}&only=${encodeURIComponent(only)}`;
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
  const { href, link } = url;
  return useMemo(() => {
    // A day is counted as the row that is shown.
    const [, search = ""] = href({ ...OF_A_ROW, account: null }).split("?");
    const dayOf = (row: TimeSpentReportRow) => ({
      href: `/${companyRef}/time-spent/${row.accountId}/${row.date}${search === "" ? "" : `?${search}`}`,
    });
    const daysOf = (row: TimeSpentReportRow) => link({ ...OF_A_ROW, account: String(row.accountId) });
    return timeSpentScreenColumns({
      zone,
      isPerDay: per === "day",
      isPerComputer: group_by === "user_computer",
      isManyCompanies,
      wayOf: per === "day" ? dayOf : daysOf,
    });
  }, [zone, per, group_by, companyRef, isManyCompanies, href, link]);
}
