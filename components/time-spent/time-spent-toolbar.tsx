"use client";

import { useTranslations } from "next-intl";
import { ListChoice } from "@/components/lists/list-choice";
import { ReportToolbar, type ToolbarProps } from "@/components/lists/report-toolbar";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";

/** What is asked for: when, where, who, and how it is put together. */
export function TimeSpentToolbar({ query, ...asked }: ToolbarProps<TimeSpentQuery>) {
  const t = useTranslations("timeSpent");
  const choices = [
    ["per", t("rows"), { day: t("rowPerDay"), range: t("totals") }],
    ["group_by", t("groupBy"), { user: t("byAccount"), user_computer: t("byAccountAndComputer") }],
    ["split", t("overMidnight"), { on: t("split"), off: t("leaveOut") }],
  ] as const;
  return (
    <ReportToolbar {...asked} label={t(query.group_by === "user" ? "searchAccount" : "search")}>
      {choices.map(([name, label, words]) => (
        <ListChoice
          key={name}
          url={asked.url}
          name={name}
          label={label}
          value={query[name]}
          choices={words}
        />
      ))}
    </ReportToolbar>
  );
}
