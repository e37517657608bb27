import { useTranslations } from "next-intl";
import { useWords } from "@/components/ui/use-words";
import { reasonText } from "@/lib/domain/failure-reasons";
import type { TableFilter } from "@/components/data-table/filter-chips";
import { NO_FILTERS, type EventFilters, type EventsRequest } from "@/lib/domain/events/filters";
import type { SiteChoice } from "./events-toolbar";
import type { EventsNavigation, FilterChange } from "./use-events-navigation";

interface FilterNames {
  /** The companies that the list can be held to. */
  companies: readonly { value: string; label: string }[];
  sites: readonly SiteChoice[];
  accountName: string | null;
  computerName: string | null;
}

type Change = (change: FilterChange) => void;

/** A chip a condition; one of something that is not there, or not of these companies, says so. */
export function useFilterChips(
  { only, filters }: EventsRequest,
  names: FilterNames,
  { changeFilters: change, holdTo }: EventsNavigation,
): TableFilter[] {
  const t = useTranslations("events");
  const list = useTranslations("lists");
  const kindWord = useTranslations("eventKinds");
  const ofFailures = useFailureChips(filters, change);
  const unknown = (id: number) => t("unknown", { id: String(id) });
  const kinds = filters.kinds.map((kind) => ({
    id: `kind-${kind}`,
    label: t("kind"),
    value: kindWord(kind),
    onRemove: () => change(({ kinds: all }) => ({ kinds: all.filter((other) => other !== kind) })),
  }));
  const sites = filters.siteIds.map((id) => ({
    id: `site-${id}`,
    label: list("site"),
    value: names.sites.find((site) => site.id === id)?.name ?? unknown(id),
    onRemove: () => change(({ siteIds: all }) => ({ siteIds: all.filter((other) => other !== id) })),
  }));
  const { search, accountId, computerId } = filters;
  const account = accountId !== null && (names.accountName ?? unknown(accountId));
  const computer = computerId !== null && (names.computerName ?? unknown(computerId));
  const others = [
    { id: "search", part: "search", label: list("search"), value: search },
    { id: "account", part: "accountId", label: list("account"), value: account },
    { id: "computer", part: "computerId", label: list("computer"), value: computer },
  ] as const;
  return [
    ...companyChips(only, names, holdTo),
    ...kinds,
    ...sites,
    ...others.flatMap(({ part, value, ...chip }) =>
      value ? [{ ...chip, value, onRemove: () => change({ [part]: NO_FILTERS[part] }) }] : [],
    ),
    ...ofFailures,
  ];
}

function companyChips(
  only: number | null,
  { companies }: FilterNames,
  holdTo: EventsNavigation["holdTo"],
): TableFilter[] {
  return companies
    .filter(({ value }) => value === String(only))
    .map(({ label }) => ({ id: "only", value: label, onRemove: () => holdTo(null) }));
}

/** Of failures alone: where they came from, and why they failed. */
function useFailureChips(filters: EventFilters, change: Change): TableFilter[] {
  const t = useTranslations("events");
  const column = useTranslations("reportColumns");
  const word = useWords("failureReasons");
  const { address, reason } = filters;
  const parts = [
    { id: "address", label: t("fromAddress"), value: address === "-" ? t("notReported") : address },
    { id: "reason", label: column("reason"), value: word(reasonText(reason)) },
  ];
  return parts
    .filter(({ value }) => value !== "")
    .map((chip) => ({ ...chip, onRemove: () => change({ [chip.id]: "" }) }));
}
