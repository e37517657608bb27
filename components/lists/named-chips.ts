import type { TableFilter } from "@/components/data-table/filter-chips";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import type { ListFilter } from "./list-filters";
import type { ListUrl } from "./use-list-url";

/** What a report's filters stand for; null where there is no such account or computer. */
export interface FilterNames {
  siteFilter: ListFilter;
  accountName: string | null;
  computerName: string | null;
}

/** The filters that every report has, as chips that take each away. */
export function namedChips(url: ListUrl, query: ReportQuery, names: FilterNames): TableFilter[] {
  const named = (id: number | undefined, name: string | null | undefined) => id && (name ?? `#${id}`);
  const siteName = names.siteFilter.choices.find(({ value }) => value === String(query.site))?.label;
  const parts = [
    { name: "q", value: query.q },
    { name: "site", value: named(query.site, siteName) },
    { name: "account", value: named(query.account, names.accountName) },
    { name: "computer", value: named(query.computer, names.computerName) },
  ];
  return parts.flatMap(({ name, value }) =>
    value ? [{ id: name, value, removeHref: url.href({ [name]: null }) }] : [],
  );
}
