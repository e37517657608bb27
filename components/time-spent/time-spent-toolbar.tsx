"use client";

import { ListRange } from "@/components/lists/list-range";
import { ListSearch, ListSelect, type ListFilter } from "@/components/lists/list-filters";
import type { ListUrl } from "@/components/lists/use-list-url";
import { NativeSelect } from "@/components/ui/native-select";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";

interface TimeSpentToolbarProps {
  url: ListUrl;
  query: TimeSpentQuery;
  zone: string;
  range: ReportRange | null;
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
      <Choice
        url={url}
        name="per"
        label="A row for each"
        value={query.per}
        usual="day"
        choices={{ day: "A row each day", range: "Totals of the range" }}
      />
      <Choice
        url={url}
        name="group_by"
        label="Group by"
        value={query.group_by}
        usual="user"
        choices={{ user: "By user", user_computer: "By user and computer" }}
      />
      <Choice
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

interface ChoiceProps {
  url: ListUrl;
  /** In the address. */
  name: string;
  label: string;
  value: string;
  /** Does not stand in the address. */
  usual: string;
  choices: Readonly<Record<string, string>>;
}

function Choice({ url, name, label, value, usual, choices }: ChoiceProps) {
  return (
    <NativeSelect
      aria-label={label}
      value={value}
      // Another kind of row has other columns, so the order begins anew.
      onChange={(event) =>
        url.set({ [name]: event.target.value === usual ? null : event.target.value, sort: null })
      }
    >
      {Object.entries(choices).map(([choice, words]) => (
        <option key={choice} value={choice}>
          {words}
        </option>
      ))}
    </NativeSelect>
  );
}
