"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FILTER_LABEL, isCommonFilter, type TableFilter } from "@/components/data-table/filter-chips";
import { NativeSelect } from "@/components/ui/native-select";
import { SearchInput } from "@/components/ui/search-input";
import type { useWords } from "@/components/ui/use-words";
import { REPORT_PRESET_TEXT, REPORT_PRESETS } from "@/lib/domain/reports/report-range";
import { readRowId } from "@/lib/domain/row-id";
import { dayWords } from "./list-dates";
import { USED_FILTERS, USED_TEXT } from "@/lib/domain/reports/used-filter";
import type { ListUrl } from "./use-list-url";
import { useTypedSearch } from "./use-typed-search";

/** From the room of its label up to its usual width, as the row of filters allows. */
export const SEARCH_CLASS =
  "lg:w-auto lg:max-w-[max(16rem,calc(var(--letters)*0.92ch+4.25rem))] lg:flex-[1_1_calc(var(--letters)*0.76ch+4.25rem)]";
/** As wide as its words, and narrower where the room of a row is. */
export const FILTER_CLASS = "field-sizing-content truncate lg:max-2xl:ps-2.5 lg:max-2xl:pe-7";

interface ListSearchProps {
  url: ListUrl;
  label: string;
  name?: string;
  /** The field that the "/" key goes to and that stays in view on a phone; the one of `q` unless said. */
  isPageSearch?: boolean;
}

/** Searches when typing pauses, by `q` unless another name of the address is said; follows the address when that changes by other means. */
export function ListSearch({ url, label, name = "q", isPageSearch = name === "q" }: ListSearchProps) {
  const typed = useTypedSearch(name, url.get(name), (text) => url.set({ [name]: text }));
  return (
    <SearchInput
      label={label}
      className={SEARCH_CLASS}
      isPageSearch={isPageSearch}
      maxLength={200}
      {...typed}
    />
  );
}

export interface ListFilter {
  /** The name in the address. */
  name: string;
  /** Absent for the filters that every list names alike (`FILTER_LABEL`). */
  label?: string;
  choices: readonly { value: string; label: string }[];
  /** In words, a value that holds the list but is none of the choices, such as a deleted site; undefined for nonsense. */
  other?: (value: string) => string | undefined;
}

/** One choice of several, or any. */
export function ListSelect({ url, filter }: { url: Pick<ListUrl, "get" | "set">; filter: ListFilter }) {
  const t = useTranslations("lists");
  const { name } = filter;
  const named = filter.label ?? (isCommonFilter(name) ? t(FILTER_LABEL[name]) : name);
  const any = t("any", { label: named });
  const chosen = url.get(name);
  return (
    <NativeSelect
      className="max-w-[min(24rem,100vw-2rem)]"
      selectClassName={FILTER_CLASS}
      title={filter.choices.find(({ value }) => value === chosen)?.label ?? any}
      aria-label={named}
      value={chosen}
      onChange={(event) => url.set({ [name]: event.target.value })}
    >
      {/* Its name alone while it filters nothing, so that many fit in a row. */}
      <option value="" hidden={chosen === ""}>
        {chosen === "" ? named : any}
      </option>
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

interface ListToolbarProps {
  url: ListUrl;
  /** Of the search. */
  label: string;
  filters: readonly ListFilter[];
  /** What else narrows the list. */
  children?: ReactNode;
}

/** A search, and the filters between which there is a choice. */
export function ListToolbar({ url, label, filters, children }: ListToolbarProps) {
  return (
    <>
      <ListSearch url={url} label={label} />
      <ListSelects url={url} filters={filters.filter(({ choices }) => choices.length > 0)} />
      {children}
    </>
  );
}

/** The filters in force, as chips that take each away. */
export function filterChipsOf(url: ListUrl, filters: readonly ListFilter[]): TableFilter[] {
  const chips = filters.map(({ name, label, choices, other }) => {
    const given = url.get(name);
    const choice = choices.find(({ value }) => value === given);
    return { id: name, label, value: choice ? choice.label : given && other?.(given) };
  });
  const dates = ["from", "to"].map((id) => ({ id, value: dayWords(url.get(id)) }));
  return chipsOf(url, [{ id: "q", value: url.get("q") }, ...chips, ...dates]);
}

interface ChipFilter {
  /** The name in the address. */
  id: string;
  label?: string;
  /** In words; none and "" are no filter. */
  value: string | null | undefined;
}

/** The filters that have a value, as chips that take each away. */
export function chipsOf(url: ListUrl, filters: readonly ChipFilter[]): TableFilter[] {
  return filters.flatMap(({ id, label, value }) => {
    const removal = { [id]: null };
    const ways = { removeHref: url.href(removal), onRemove: () => url.set(removal) };
    return value ? [{ id, label, value, ...ways }] : [];
  });
}

/** Holds a list of all companies to one of them. */
export function onlyCompanyFilter(companies: readonly { id: number; name: string }[]): ListFilter {
  return {
    name: "only",
    choices: companies.map(({ id, name }) => ({ value: String(id), label: name })),
  };
}

/** The same of companies told by their names by id, A to Z; without choices where one company is in view. */
export function onlyNamedCompanyFilter(
  companyNames: Readonly<Record<number, string>> | undefined,
): ListFilter {
  const companies = Object.entries(companyNames ?? {}).map(([id, name]) => ({ id: Number(id), name }));
  return onlyCompanyFilter(companies.toSorted((a, b) => a.name.localeCompare(b.name)));
}

/** How a list names a row that it is held to and that is not there. */
export function unknownId(value: string): string | undefined {
  return readRowId(value) === null ? undefined : `#${value}`;
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
  return { name: "site", choices, other: unknownId };
}

/** What was used, within the range of days if there is one. Only an address holds a list to it. */
export function usedFilterOf(label: string, word: ReturnType<typeof useWords>): ListFilter {
  const choices = USED_FILTERS.map((value) => ({ value, label: word({ key: USED_TEXT[value] }) }));
  return { name: "used", label, choices };
}

/** What was seen within a range of days. */
export function seenFilterOf(label: string, word: ReturnType<typeof useWords>): ListFilter {
  const choices = REPORT_PRESETS.map((value) => ({ value, label: word({ key: REPORT_PRESET_TEXT[value] }) }));
  return { name: "range", label, choices };
}
