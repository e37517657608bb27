import type { TableFilter } from "@/components/data-table/filter-chips";
import type { ListUrl } from "@/components/lists/use-list-url";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";

/** The parameters that hold the list to some rows; "Clear filters" takes these away and leaves the range. */
export const FILTER_PARAMS = ["q", "site", "account", "computer"] as const;

export interface FilterNames {
  siteName: string | null;
  accountName: string | null;
  computerName: string | null;
}

/** The filters in force, as chips that take each away. */
export function timeSpentChips(url: ListUrl, query: TimeSpentQuery, names: FilterNames): TableFilter[] {
  const values: Record<(typeof FILTER_PARAMS)[number], { label: string; value: string | undefined }> = {
    q: { label: "Search", value: query.q || undefined },
    site: {
      label: "Site",
      value: (query.site && (names.siteName ?? `unknown (${query.site})`)) || undefined,
    },
    account: {
      label: "Account",
      value: (query.account && (names.accountName ?? `unknown (${query.account})`)) || undefined,
    },
    computer: {
      label: "Computer",
      value: (query.computer && (names.computerName ?? `unknown (${query.computer})`)) || undefined,
    },
  };
  return FILTER_PARAMS.flatMap((id) => {
    const { label, value } = values[id];
    return value === undefined ? [] : [{ id, label, value, removeHref: url.href({ [id]: null }) }];
  });
}
