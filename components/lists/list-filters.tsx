"use client";

import { useTranslations } from "next-intl";
import { FILTER_LABEL, isCommonFilter, type TableFilter } from "@/components/data-table/filter-chips";
import { formatLocalDate } from "@/components/time/format";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import { SearchInput } from "@/components/ui/search-input";
import { isLocalDate } from "@/lib/domain/zones";
import type { ListUrl } from "./use-list-url";
import { useTypedSearch } from "./use-typed-search";

interface ListSearchProps {
  url: ListUrl;
  label: string;
  name?: string;
  className?: string;
}

/** Searches when typing pauses, by `q` unless another name of the address is said; follows the address when that changes by other means. */
export function ListSearch({ url, label, name = "q", className }: ListSearchProps) {
  const typed = useTypedSearch(url.get(name), (text) => url.set({ [name]: text }));
  return (
    <SearchInput label={label} className={className} isPageSearch={name === "q"} maxLength={200} {...typed} />
  );
}

export interface ListFilter {
  /** The name in the address. */
  name: string;
  /** Absent for the filters that every list names alike (`FILTER_LABEL`). */
  label?: string;
  choices: readonly { value: string; label: string }[];
}

/** One choice of several, or any. */
export function ListSelect({ url, filter }: { url: ListUrl; filter: ListFilter }) {
  const t = useTranslations("lists");
  const { name } = filter;
  const named = filter.label ?? (isCommonFilter(name) ? t(FILTER_LABEL[name]) : name);
  return (
    <NativeSelect
      aria-label={named}
      value={url.get(filter.name)}
      onChange={(event) => url.set({ [filter.name]: event.target.value })}
    >
      <option value="">{t("any", { label: named })}</option>
      {filter.choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </NativeSelect>
  );
}

export function ListSelects({ url, filters }: { url: ListUrl; filters: readonly ListFilter[] }) {
  return filters.map((filter) => <ListSelect key={filter.name} url={url} filter={filter} />);
}

/** First and last day of the list, both included, in the zone of the screen. */
export function ListDates({ url }: { url: ListUrl }) {
  const t = useTranslations("lists");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {(["from", "to"] as const).map((name) => (
        <div key={name} className="flex items-center gap-2">
          <Label htmlFor={`list-${name}`}>{t(name)}</Label>
          <Input
            id={`list-${name}`}
            type="date"
            max="9999-12-30"
            className="w-36"
            value={url.get(name)}
            onChange={(event) => url.set({ [name]: event.target.value })}
          />
        </div>
      ))}
    </div>
  );
}

function dayWords(word: string): string | undefined {
  return isLocalDate(word) ? formatLocalDate(word) : word || undefined;
}

/** The filters in force, as chips that take each away. */
export function filterChipsOf(url: ListUrl, filters: readonly ListFilter[]): TableFilter[] {
  const chips = filters.map(({ name, label, choices }) => ({
    name,
    label,
    value: choices.find(({ value }) => value === url.get(name))?.label,
  }));
  const dates = [
    { name: "from", label: undefined, value: dayWords(url.get("from")) },
    { name: "to", label: undefined, value: dayWords(url.get("to")) },
  ];
  const search = { name: "q", label: undefined, value: url.get("q") || undefined };
  return [search, ...chips, ...dates].flatMap(({ name, label, value }) =>
    value === undefined ? [] : [{ id: name, label, value, removeHref: url.href({ [name]: null }) }],
  );
}

/** Holds a list of all companies to one of them. */
export function onlyCompanyFilter(companies: readonly { id: number; name: string }[]): ListFilter {
  return {
    name: "only",
    choices: companies.map(({ id, name }) => ({ value: String(id), label: name })),
  };
}

/** Sites that agents report from; with several companies in view the company stands before the name. */
export function siteFilterOf(
  sites: readonly { id: number; name: string; companyId: number }[],
  companyNames: Readonly<Record<number, string>> | undefined,
): ListFilter {
  const choices = sites.map(({ id, name, companyId }) => ({
    value: String(id),
    label: companyNames ? `${companyNames[companyId] ?? ""}, ${name}` : name,
  }));
  return { name: "site", choices };
}
