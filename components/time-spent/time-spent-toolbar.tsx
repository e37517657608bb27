"use client";

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
  return (
    <>
      <ListSearch
        url={url}
        label={query.group_by === "user" ? "Search account" : "Search account or computer"}
      />
      <ListRange url={url} zone={zone} range={range} />
      {siteFilter.choices.length > 1 && <ListSelect url={url} filter={siteFilter} />}
      <ListChoice
        url={url}
        name="per"
        label="A row for each"
        value={query.per}
        usual="day"
        choices={{ day: "A row each day", range: "Totals for the period" }}
      />
      <ListChoice
        url={url}
        name="group_by"
        label="Group by"
        value={query.group_by}
        usual="user"
        choices={{ user: "By user", user_computer: "By user and computer" }}
      />
      <ListChoice
        url={url}
        name="split"
        label="Sessions over midnight"
        value={query.split}
        usual="on"
        choices={{ on: "Split at midnight", off: "Leave out over midnight" }}
      />
    </>
  );
}
