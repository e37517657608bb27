"use client";

import { useTranslations } from "next-intl";
import { ListChoice } from "@/components/lists/list-choice";
import { ListSearch } from "@/components/lists/list-filters";
import { ReportToolbar, type ToolbarProps } from "@/components/lists/report-toolbar";
import type { FailuresQuery } from "@/lib/domain/reports/failures";

/** What is asked for: whose failures, from where, when, and how they are put together. */
export function FailuresToolbar({ query, ...asked }: ToolbarProps<FailuresQuery>) {
  const t = useTranslations("failures");
  const { url } = asked;
  return (
    <ReportToolbar
      {...asked}
      label={t("search")}
      beside={<ListSearch url={url} name="address" label={t("searchAddress")} />}
    >
      <ListChoice
        url={url}
        name="group_by"
        label={t("groupBy")}
        value={query.group_by}
        choices={{
          account: t("byAccount"),
          computer: t("byComputer"),
          address: t("byAddress"),
          reason: t("byReason"),
        }}
      />
    </ReportToolbar>
  );
}
