import type { TableFilter } from "@/components/data-table/filter-chips";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { chipsOf, type ListFilter } from "./list-filters";
import type { ListUrl } from "./use-list-url";

/** What a report's filters stand for; null where there is no such account or computer. */
export interface FilterNames {
  companyFilter: ListFilter;
  siteFilter: ListFilter;
  accountName: string | null;
  computerName: string | null;
}

/** The filters that every report has, as chips that take each away. */
export function namedChips(url: ListUrl, query: ReportQuery, names: FilterNames): TableFilter[] {
  const siteName = labelIn(names.siteFilter, String(query.site));
  return chipsOf(url, [
    { id: "q", value: query.q },
    { id: "only", value: labelIn(names.companyFilter, url.get("only")) },
    { id: "site", value: named(query.site, siteName) },
  ]).concat(subjectChips(url, query, names));
}

/** The account and the computer that a list is held to, the same way; `labels` where the list doesn't call them just that. */
export function subjectChips(
  url: ListUrl,
  { account, computer }: Pick<ReportQuery, "account" | "computer">,
  { accountName, computerName }: Omit<FilterNames, "companyFilter" | "siteFilter">,
  labels: { account?: string; computer?: string } = {},
): TableFilter[] {
  return chipsOf(url, [
    { id: "account", label: labels.account, value: named(account, accountName) },
    { id: "computer", label: labels.computer, value: named(computer, computerName) },
  ]);
}

const labelIn = ({ choices }: ListFilter, given: string) =>
  choices.find(({ value }) => value === given)?.label;

function named(id: number | undefined, name: string | null | undefined): string | null {
  return id ? (name ?? `#${id}`) : null;
}
