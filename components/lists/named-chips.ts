import type { TableFilter } from "@/components/data-table/filter-chips";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { chipsOf, type ListFilter } from "./list-filters";
import type { ListUrl } from "./use-list-url";

/** What a report's filters stand for; null where there is no such account or computer. */
export interface FilterNames {
  siteFilter: ListFilter;
  accountName: string | null;
  computerName: string | null;
}

/** The filters that every report has, as chips that take each away. */
export function namedChips(url: ListUrl, query: ReportQuery, names: FilterNames): TableFilter[] {
  const named = (id: number | undefined, name: string | null | undefined) => (id ? (name ?? `#${id}`) : null);
  const siteName = names.siteFilter.choices.find(({ value }) => value === String(query.site))?.label;
  return chipsOf(url, [
    { id: "q", value: query.q },
    { id: "site", value: named(query.site, siteName) },
    { id: "account", value: named(query.account, names.accountName) },
    { id: "computer", value: named(query.computer, names.computerName) },
  ]);
}
