"use client";

import { useTranslations } from "next-intl";
import { ListChoice } from "@/components/lists/list-choice";
import { ListRange } from "@/components/lists/list-range";
import { ListSearch, ListSelect, type ListFilter } from "@/components/lists/list-filters";
import type { ListUrl } from "@/components/lists/use-list-url";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";

interface TimeSpentToolbarProps {
  url: ListUrl;
  query: TimeSpentQuery;
  zone: string;
  range: ReportRange;
  siteFilter: ListFilter;
}

/** What is asked for: when, where, who, and how it is put together. */
export function TimeSpentToolbar({ url, query, zone, range, siteFilter }: TimeSpentToolbarProps) {
  const t = useTranslations("timeSpent");
  return (
    <>
      <ListSearch url={url} label={t(query.group_by === "user" ? "searchAccount" : "search")} />
      <ListRange url={url} zone={zone} range={range} />
      {siteFilter.choices.length > 1 && <ListSelect url={url} filter={siteFilter} />}
      <ListChoice
        url={url}
        name="per"
        label={t("rows")}
        value={query.per}
        usual="day"
        choices={{ day: t("rowPerDay"), range: t("totals") }}
      />
      <ListChoice
        url={url}
        name="group_by"
        label={t("groupBy")}
        value={query.group_by}
        usual="user"
        choices={{ user: t("byAccount"), user_computer: t("byAccountAndComputer") }}
      />
      <ListChoice
        url={url}
        name="split"
        label={t("overMidnight")}
        value={query.split}
        usual="on"
        choices={{ on: t("split"), off: t("leaveOut") }}
      />
    </>
  );
}
