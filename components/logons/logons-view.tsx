"use client";

import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ExportMenu } from "@/components/exports/export-menu";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { ListChoice } from "@/components/lists/list-choice";
import { changed } from "@/components/lists/list-query";
import { sortOf, useExportQuery, type ListUrl, type Step } from "@/components/lists/use-list-url";
import { useReportList } from "@/components/lists/use-report-list";
import { namedChips } from "@/components/lists/named-chips";
import { cleared } from "@/components/lists/nothing-in-range";
import { ReportTable } from "@/components/lists/report-table";
import { ReportToolbar, type ToolbarProps } from "@/components/lists/report-toolbar";
import { ZoneLabel } from "@/components/time/zone-label";
import type { LogonGroup, LogonRow } from "@/lib/domain/reports/logon-columns";
import type { LogonsQuery } from "@/lib/domain/reports/logons";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { LogonsScreen } from "@/lib/services/reports/logons-screen";
import { logonScreenColumns } from "./logon-columns";
import { logonEvidence, newPairsElsewhere, newPairsOf } from "./logon-links";
import { LogonsSummary } from "./logons-summary";
import { ViewTabs } from "./view-tabs";

type LogonsViewProps = LogonsScreen & ReportScreenProps<LogonsQuery>;

/** The parameters that hold the list to some logons; "Clear filters" takes these away and leaves the range. */
const CLEARING = cleared(["q", "only", "site", "account", "computer"]);
const NOUNS = {
  account: ["oneAccount", "manyAccounts"],
  computer: ["oneComputer", "manyComputers"],
  site: ["oneSite", "manySites"],
} as const satisfies Record<LogonGroup, readonly [one: string, many: string]>;

/** The Logons screen; the address says everything but which columns are shown. */
export function LogonsView(props: LogonsViewProps) {
  const { query, zone, accountName, computerName } = props;
  const t = useTranslations("logons");
  const { url, exported, companyFilter, siteFilter, isManyCompanies } = useReportList(props, ["view"]);
  const hoursQuery = useExportQuery([...props.ignored, "view", "group_by", "sort"]);
  const columns = useColumns(props, url);
  const [one, many] = NOUNS[query.group_by];
  return (
    <>
      <PageHeader title={t("title")} description={<ZoneLabel zone={zone} at={props.readAt} />} />
      <IgnoredNotice ignored={props.ignored} />
      <ViewTabs url={url} view="logons" />
      <ReportTable
        report="logons"
        screen={props}
        url={url}
        query={exported}
        clearing={CLEARING}
        label={t("title")}
        columns={columns}
        getRowId={({ companyId, id }) => `${companyId}-${id}`}
        sort={sortOf(query.sort ?? "-logons")}
        toolbar={<LogonsToolbar {...{ url, query, companyFilter, siteFilter }} days={props} />}
        filters={namedChips(url, query, { companyFilter, siteFilter, accountName, computerName })}
        summary={
          props.rowCount > 0 && (
            <LogonsSummary
              hours={props.hours}
              newcomers={props.newcomers}
              groupBy={query.group_by}
              isManyCompanies={isManyCompanies}
              newWayOf={(row) => newWay(url, row, query.group_by, zone)}
              hoursMenu={
                <ExportMenu
                  report="logon-hours"
                  companyRef={props.heldRef}
                  query={hoursQuery}
                  label={t("exportHours")}
                />
              }
            />
          )
        }
        noun={[t(one), t(many)]}
        totals={totalsOf(props, t("total"))}
        nothing={{ filteredTitle: t("noMatch"), title: t("none"), description: t("noneNote") }}
      />
    </>
  );
}

/** Of the row's company alone: elsewhere its number may be of another account. */
function newWay({ pathname, link, linkTo }: Ways, row: LogonRow, groupBy: LogonGroup, zone: string): Step {
  const path = `/${row.companyId}/logons`;
  if (path === pathname) return link(newPairsOf(row, groupBy));
  return linkTo(path, (query) => changed(query, newPairsElsewhere(row, groupBy, zone)));
}

type Ways = Pick<ListUrl, "pathname" | "link" | "linkTo">;

function useColumns({ query, range, zone, companyNames }: LogonsViewProps, url: ListUrl) {
  const isManyCompanies = companyNames !== undefined;
  const { pathname, link, linkTo } = url;
  return useMemo(
    () =>
      logonScreenColumns({
        zone,
        groupBy: query.group_by,
        isManyCompanies,
        hrefOf: (row) => logonEvidence(row, query, range),
        newWayOf: (row) => newWay({ pathname, link, linkTo }, row, query.group_by, zone),
      }),
    [zone, query, isManyCompanies, range, pathname, link, linkTo],
  );
}

function totalsOf({ totals }: LogonsViewProps, name: string) {
  const number = (value: number) => <span className="tabular">{formatNumber(value)}</span>;
  return {
    name,
    logons: number(totals.logons),
    unlocks: number(totals.unlocks),
    remoteConnects: number(totals.remoteConnects),
    newComputers: number(totals.newComputers),
  };
}

function LogonsToolbar({ query, ...asked }: ToolbarProps<LogonsQuery>) {
  const t = useTranslations("logons");
  return (
    <ReportToolbar {...asked} label={t("search")}>
      <ListChoice
        url={asked.url}
        name="group_by"
        label={t("groupBy")}
        value={query.group_by}
        choices={{ account: t("byAccount"), computer: t("byComputer"), site: t("bySite") }}
      />
    </ReportToolbar>
  );
}
