"use client";

import { useTranslations } from "next-intl";
import { ListChoice } from "@/components/lists/list-choice";
import { ReportToolbar, type ToolbarProps } from "@/components/lists/report-toolbar";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";

/** What is asked for: when, where, who, and how it is put together. */
export function TimeSpentToolbar({ query, ...asked }: ToolbarProps<TimeSpentQuery>) {
  const t = useTranslations("timeSpent");
  const { url } = asked;
  return (
    <ReportToolbar {...asked} label={t(query.group_by === "user" ? "searchAccount" : "search")}>
      <ListChoice
        url={url}
        name="per"
        label={t("rows")}
        value={query.per}
        choices={{ day: t("rowPerDay"), range: t("totals") }}
      />
      <ListChoice
        url={url}
        name="group_by"
        label={t("groupBy")}
        value={query.group_by}
        choices={{ user: t("byAccount"), user_computer: t("byAccountAndComputer") }}
      />
      <ListChoice
        url={url}
        name="split"
        label={t("overMidnight")}
        value={query.split}
        choices={{ on: t("split"), off: t("leaveOut") }}
      />
    </ReportToolbar>
  );
}
