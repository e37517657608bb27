"use client";

import { useTranslations } from "next-intl";
import { ListChoice } from "@/components/lists/list-choice";
import { ListSearch, ListSelect, type ListFilter } from "@/components/lists/list-filters";
import { ListRange } from "@/components/lists/list-range";
import type { ListUrl } from "@/components/lists/use-list-url";
import type { FailuresQuery } from "@/lib/domain/reports/failures";
import type { ReportRange } from "@/lib/domain/reports/report-range";

interface FailuresToolbarProps {
  url: ListUrl;
  query: FailuresQuery;
  zone: string;
  range: ReportRange;
  siteFilter: ListFilter;
}

/** What is asked for: whose failures, from where, when, and how they are put together. */
export function FailuresToolbar({ url, query, zone, range, siteFilter }: FailuresToolbarProps) {
  const t = useTranslations("failures");
  return (
    <>
      <ListSearch url={url} label={t("search")} />
      <ListSearch url={url} name="address" label={t("searchAddress")} />
      <ListRange url={url} zone={zone} range={range} />
      {siteFilter.choices.length > 1 && <ListSelect url={url} filter={siteFilter} />}
      <ListChoice
        url={url}
        name="group_by"
        label={t("groupBy")}
        value={query.group_by}
        usual="account"
        choices={{
          account: t("byAccount"),
          computer: t("byComputer"),
          address: t("byAddress"),
          reason: t("byReason"),
        }}
      />
    </>
  );
}
