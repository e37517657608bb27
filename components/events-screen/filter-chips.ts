import { useTranslations } from "next-intl";
import { useWords } from "@/components/ui/use-words";
import { reasonText } from "@/lib/domain/failure-reasons";
import type { TableFilter } from "@/components/data-table/filter-chips";
import type { EventFilters } from "@/lib/domain/events/filters";
import type { SiteChoice } from "./events-toolbar";

interface FilterNames {
  sites: readonly SiteChoice[];
  accountName: string | null;
  computerName: string | null;
}

/** A chip a condition; one of something that is not there, or not of these companies, says so. */
export function useFilterChips(
  filters: EventFilters,
  { sites, accountName, computerName }: FilterNames,
  change: (filters: EventFilters) => void,
): TableFilter[] {
  const kindWord = useTranslations("eventKinds");
  const word = useWords("failureReasons");
  const chips: TableFilter[] = filters.kinds.map((kind) => ({
    id: `kind-${kind}`,
    label: "Kind",
    value: kindWord(kind),
    onRemove: () => change({ ...filters, kinds: filters.kinds.filter((other) => other !== kind) }),
  }));
  for (const id of filters.siteIds) {
    const value = sites.find((site) => site.id === id)?.name ?? `unknown (${id})`;
    const siteIds = filters.siteIds.filter((other) => other !== id);
    chips.push({ id: `site-${id}`, label: "Site", value, onRemove: () => change({ ...filters, siteIds }) });
  }
  if (filters.search) {
    const onRemove = () => change({ ...filters, search: "" });
    chips.push({ id: "search", label: "Search", value: filters.search, onRemove });
  }
  if (filters.accountId !== null) {
    const onRemove = () => change({ ...filters, accountId: null });
    const value = accountName ?? `unknown (${filters.accountId})`;
    chips.push({ id: "account", label: "Account", value, onRemove });
  }
  if (filters.computerId !== null) {
    const onRemove = () => change({ ...filters, computerId: null });
    const value = computerName ?? `unknown (${filters.computerId})`;
    chips.push({ id: "computer", label: "Computer", value, onRemove });
  }
  for (const [name, label] of [
    ["address", "From address"],
    ["reason", "Reason"],
  ] as const) {
    if (filters[name] === "") continue;
    const onRemove = () => change({ ...filters, [name]: "" });
    chips.push({
      id: name,
      label,
      value: filters[name] === "-" ? "not told" : word(reasonText(filters[name])),
      onRemove,
    });
  }
  return chips;
}
