"use client";

import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { ListChoice } from "@/components/lists/list-choice";
import { sortOf, type ListUrl } from "@/components/lists/use-list-url";
import { useReportList } from "@/components/lists/use-report-list";
import { namedChips } from "@/components/lists/named-chips";
import { cleared, NothingFound } from "@/components/lists/nothing-in-range";
import { ReportTable } from "@/components/lists/report-table";
import { ReportToolbar } from "@/components/lists/report-toolbar";
import { ZoneLabel } from "@/components/time/zone-label";
import type { InactiveQuery } from "@/lib/domain/reports/inactive";
import { DEFAULT_INACTIVE_DAYS, type InactiveRow } from "@/lib/domain/reports/inactive-columns";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { PlainScreen } from "@/lib/services/reports/plain-screen";
import { inactiveScreenColumns } from "./inactive-columns";
import { ViewTabs } from "./view-tabs";

type InactiveViewProps = PlainScreen<InactiveRow> & ReportScreenProps<InactiveQuery>;

const CLEARING = cleared(["q", "only", "site", "account", "computer"]);
const USUAL_DAYS = [7, 30, 90, 180, 365];

/** Accounts or computers that were not seen for long, the other list of the Logons screen. */
export function InactiveView(props: InactiveViewProps) {
  const { query, zone, accountName, computerName } = props;
  const t = useTranslations("logons");
  // The list is of now, whatever range the other one is of.
  const left = ["view", "range", "from", "to"];
  const { url, exported, companyFilter, siteFilter, isManyCompanies } = useReportList(props, left);
  const columns = useMemo(
    () => inactiveScreenColumns(zone, query.type, isManyCompanies),
    [zone, query.type, isManyCompanies],
  );
  const isAccounts = query.type === "account";
  return (
    <>
      <PageHeader title={t("title")} description={<ZoneLabel zone={zone} at={props.readAt} />} />
      <IgnoredNotice ignored={props.ignored} />
      <ViewTabs url={url} view="inactive" />
      <ReportTable
        report="inactive"
        screen={props}
        url={url}
        query={exported}
        clearing={CLEARING}
        label={t(isAccounts ? "inactiveAccounts" : "inactiveComputers")}
        columns={columns}
        getRowId={({ companyId, id }) => `${companyId}-${id}`}
        sort={sortOf(query.sort ?? "-days")}
        toolbar={
          <ReportToolbar
            {...{ url, companyFilter, siteFilter }}
            label={t(isAccounts ? "searchAccount" : "searchComputer")}
          >
            <InactiveChoices url={url} query={query} />
          </ReportToolbar>
        }
        filters={namedChips(url, query, { companyFilter, siteFilter, accountName, computerName })}
        noun={isAccounts ? [t("oneAccount"), t("manyAccounts")] : [t("oneComputer"), t("manyComputers")]}
        empty={<NobodyInactive url={url} query={query} />}
      />
    </>
  );
}

function InactiveChoices({ url, query: { type, days } }: { url: ListUrl; query: InactiveQuery }) {
  const t = useTranslations("logons");
  const offered = [...new Set([...USUAL_DAYS, days])].toSorted((a, b) => a - b);
  return (
    <>
      <ListChoice
        url={url}
        name="type"
        label={t("show")}
        value={type}
        choices={{ account: t("accounts"), computer: t("computers") }}
      />
      <ListChoice
        url={url}
        name="days"
        label={t("notSeenFor")}
        value={String(days)}
        usual={String(DEFAULT_INACTIVE_DAYS)}
        choices={Object.fromEntries(offered.map((number) => [number, t("notSeenDays", { days: number })]))}
      />
    </>
  );
}

function NobodyInactive({ url, query: { type, days } }: { url: ListUrl; query: InactiveQuery }) {
  const t = useTranslations("logons");
  const isAccounts = type === "account";
  return (
    <NothingFound
      url={url}
      clearing={CLEARING}
      icon={ShieldCheck}
      filteredTitle={t(isAccounts ? "noAccountMatch" : "noComputerMatch")}
      filteredDescription={t("fewerDays")}
      title={t(isAccounts ? "noInactiveAccounts" : "noInactiveComputers", { days })}
      description={t("noInactiveNote")}
    />
  );
}
