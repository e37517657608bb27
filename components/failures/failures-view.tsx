"use client";

import { formatNumber } from "@/components/ui/format-number";
import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { TableFilter } from "@/components/data-table/filter-chips";
import { ExportMenu } from "@/components/exports/export-menu";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { sortOf, useExportQuery, type ListUrl } from "@/components/lists/use-list-url";
import { useReportList } from "@/components/lists/use-report-list";
import { namedChips, type FilterNames } from "@/components/lists/named-chips";
import { cleared } from "@/components/lists/nothing-in-range";
import { ReportTable } from "@/components/lists/report-table";
import { chipsOf } from "@/components/lists/list-filters";
import { ZoneLabel } from "@/components/time/zone-label";
import { useWords } from "@/components/ui/use-words";
import { reasonText } from "@/lib/domain/failure-reasons";
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
const CLEARING = cleared(["q", "only", "address", "reason", "site", "account", "computer"]);
const NOUNS = {
  account: ["oneAccount", "manyAccounts"],
  computer: ["oneComputer", "manyComputers"],
  address: ["oneAddress", "manyAddresses"],
  reason: ["oneReason", "manyReasons"],
} as const satisfies Record<FailureGroup, readonly [one: string, many: string]>;

/** The Failed logons screen; the address says everything but which columns are shown. */
export function FailuresView(props: FailuresViewProps) {
  const { query, range, zone, totals } = props;
  const t = useTranslations("failures");
  const { url, exported, companyFilter, siteFilter, isManyCompanies } = useReportList(props);
  const columns = useMemo(
    () =>
      failureScreenColumns({
        zone,
        groupBy: query.group_by,
        isManyCompanies,
        notReported: t("notReported"),
        hrefOf: (row) => rowEvidence(row, query, range),
      }),
    [zone, query, isManyCompanies, range, t],
  );
  const [one, many] = NOUNS[query.group_by];
  const chips = useChips(url, props, { companyFilter, siteFilter });
  const menus = useExportMenus(props);
  return (
    <>
      <PageHeader title={t("title")} description={<ZoneLabel zone={zone} at={props.readAt} />} />
      <IgnoredNotice ignored={props.ignored} />
      <ReportTable
        report="failures"
        screen={props}
        url={url}
        query={exported}
        clearing={CLEARING}
        label={t("title")}
        columns={columns}
        getRowId={({ companyId, id, name }) => `${companyId}-${id ?? name ?? ""}`}
        sort={sortOf(query.sort ?? "-failures")}
        toolbar={<FailuresToolbar {...{ url, query, companyFilter, siteFilter }} days={props} />}
        filters={chips}
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
        noun={[t(one), t(many)]}
        totals={{
          name: t("total"),
          failures: <span className="tabular">{formatNumber(totals.failures)}</span>,
          lockouts: <span className="tabular">{formatNumber(totals.lockouts)}</span>,
        }}
        nothing={{
          icon: ShieldCheck,
          filteredTitle: t("noMatch"),
          title: t("none"),
          description: t("noneNote"),
        }}
      />
    </>
  );
}

/** How the rows are put together is nothing to the chart and the bursts, whose reports do not know the words. */
function useExportMenus({ ignored, heldRef }: FailuresViewProps) {
  const t = useTranslations("failures");
  const filters = useExportQuery([...ignored, "group_by", "sort"]);
  const menu = (report: string, label: string) => (
    <ExportMenu report={report} companyRef={heldRef} query={filters} label={label} />
  );
  return {
    times: menu("failure-times", t("exportTimes")),
    bursts: menu("failure-bursts", t("exportBursts")),
  };
}

function useChips(
  url: ListUrl,
  { query, accountName, computerName }: FailuresViewProps,
  filters: Pick<FilterNames, "companyFilter" | "siteFilter">,
): TableFilter[] {
  const t = useTranslations("failures");
  const word = useWords("failureReasons");
  const from = query.address === "-" ? t("notReported") : query.address;
  return [
    ...namedChips(url, query, { ...filters, accountName, computerName }),
    ...chipsOf(url, [
      { id: "address", label: t("fromAddress"), value: from },
      { id: "reason", label: t("reason"), value: query.reason && word(reasonText(query.reason)) },
    ]),
  ];
}
