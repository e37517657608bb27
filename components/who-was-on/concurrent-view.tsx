"use client";

import { MonitorCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { chipsOf } from "@/components/lists/list-filters";
import { namedChips } from "@/components/lists/named-chips";
import { cleared } from "@/components/lists/nothing-in-range";
import { ReportTable } from "@/components/lists/report-table";
import { ListChoice } from "@/components/lists/list-choice";
import { ReportToolbar } from "@/components/lists/report-toolbar";
import { sortOf, type ListUrl } from "@/components/lists/use-list-url";
import { useReportList } from "@/components/lists/use-report-list";
import { ZoneLabel } from "@/components/time/zone-label";
import type { ConcurrentSessionRow } from "@/lib/domain/reports/concurrent-columns";
import type { ConcurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { PlainScreen } from "@/lib/services/reports/plain-screen";
import { concurrentScreenColumns } from "./concurrent-columns";
import { WhoWasOnTabs } from "./who-was-on-tabs";

const CLEARING = cleared(["q", "only", "site", "account", "computer", "count"]);

const COUNT_TEXT = {
  signed_in: "countSignedIn",
  active: "countActive",
  any: "countAny",
} as const satisfies Record<ConcurrentSessionsQuery["count"], string>;

type ConcurrentViewProps = PlainScreen<ConcurrentSessionRow> & ReportScreenProps<ConcurrentSessionsQuery>;

/** Every time of a range during which one account was on several computers at once. */
export function ConcurrentView(props: ConcurrentViewProps) {
  const { query, zone, readAt, ignored, companyRef } = props;
  const t = useTranslations("whoWasOn");
  const { url, exported, companyFilter, siteFilter, isManyCompanies } = useReportList(props);
  const columns = useMemo(
    () => concurrentScreenColumns(zone, companyRef, isManyCompanies),
    [zone, companyRef, isManyCompanies],
  );
  return (
    <>
      <PageHeader title={t("title")} description={<ZoneLabel zone={zone} at={readAt} />} />
      <WhoWasOnTabs companyRef={companyRef} current="concurrent" />
      <IgnoredNotice ignored={ignored} />
      <ReportTable
        report="concurrent-sessions"
        screen={props}
        url={url}
        query={exported}
        clearing={CLEARING}
        label={t("concurrent")}
        columns={columns}
        getRowId={(row) => `${row.accountId} ${row.from}`}
        sort={sortOf(query.sort)}
        toolbar={
          <ReportToolbar {...{ url, companyFilter, siteFilter }} label={t("search")} days={props}>
            <CountChoice url={url} count={query.count} />
          </ReportToolbar>
        }
        filters={[
          ...namedChips(url, query, { ...props, companyFilter, siteFilter }),
          ...useCountChip(url, query),
        ]}
        noun={[t("oneSession"), t("manySessions")]}
        nothing={{
          icon: MonitorCheck,
          filteredTitle: t("noMatch"),
          title: t("noConcurrent"),
          description: t("noConcurrentNote"),
        }}
      />
    </>
  );
}

function CountChoice({ url, count }: { url: ListUrl } & Pick<ConcurrentSessionsQuery, "count">) {
  const t = useTranslations("whoWasOn");
  const choices = Object.fromEntries(Object.entries(COUNT_TEXT).map(([value, text]) => [value, t(text)]));
  return <ListChoice url={url} name="count" label={t("counted")} value={count} choices={choices} keepsSort />;
}

function useCountChip(url: ListUrl, { count }: ConcurrentSessionsQuery) {
  const t = useTranslations("whoWasOn");
  const value = count === "signed_in" ? null : t(COUNT_TEXT[count]);
  return chipsOf(url, [{ id: "count", label: t("counted"), value }]);
}
