"use client";

import { useTranslations } from "next-intl";
import { useKeptPlace } from "@/components/forms/use-kept-place";
import { Link } from "@/components/ui/link";
import { Button } from "@/components/ui/button";
import { Chip, type ChipProps } from "@/components/ui/chip";
import type { RefObject } from "react";

export interface TableFilter extends Omit<ChipProps, "className" | "label" | "removeRef"> {
  id: string;
  /** Absent for the filters that every list names alike (`FILTER_LABEL`). */
  label?: string;
}

/** Texts of the filters that every list names alike, by their name in the address. */
export const FILTER_LABEL = {
  q: "search",
  site: "site",
  account: "account",
  computer: "computer",
  only: "companyFilter",
  from: "from",
  to: "to",
} as const;

export function isCommonFilter(name: string): name is keyof typeof FILTER_LABEL {
  return Object.hasOwn(FILTER_LABEL, name);
}

interface FilterChipsProps {
  filters: readonly TableFilter[];
  /** One of the two takes all filters away, as of a chip; without them there is no such button. */
  clearHref?: string;
  onClear?: () => void;
}

/** What the list is held to, each removable on its own. Draws nothing without filters. */
export function FilterChips({ filters, clearHref, onClear }: FilterChipsProps) {
  const t = useTranslations("lists");
  if (filters.length === 0) return null;
  return (
    <ul aria-label={t("filters")} data-slot="filter-chips" className="flex flex-wrap items-center gap-1.5">
      {filters.map(({ id, label, ...chip }) => (
        <li key={id} className="min-w-0">
          <KeptChip {...chip} label={label ?? (isCommonFilter(id) ? t(FILTER_LABEL[id]) : id)} />
        </li>
      ))}
      {(clearHref || onClear) && (
        <li data-print="hide">
          <ClearButton {...{ clearHref, onClear }} />
        </li>
      )}
    </ul>
  );
}

function KeptChip(props: ChipProps) {
  return <Chip {...props} removeRef={useKeptPlace<HTMLElement>(placesBeside)} />;
}

function ClearButton({ clearHref, onClear }: Pick<FilterChipsProps, "clearHref" | "onClear">) {
  const t = useTranslations("lists");
  const ref = useKeptPlace<HTMLElement>(placesBeside);
  return clearHref ? (
    <Button asChild variant="ghost" size="sm" className="h-7">
      <Link ref={ref as RefObject<HTMLAnchorElement>} href={clearHref} onStep={onClear} scroll={false}>
        {t("clearFilters")}
      </Link>
    </Button>
  ) : (
    <Button
      ref={ref as RefObject<HTMLButtonElement>}
      variant="ghost"
      size="sm"
      className="h-7"
      onClick={onClear}
    >
      {t("clearFilters")}
    </Button>
  );
}

/** The next chip, or the last one before; the search where none is left, which opens no keyboard on a phone. */
function placesBeside(gone: HTMLElement): readonly HTMLElement[] {
  const list = gone.closest("[data-slot=filter-chips]");
  const chips = [...(list?.querySelectorAll<HTMLElement>("[data-slot=chip] :is(a, button)") ?? [])];
  const at = chips.indexOf(gone);
  const search = document.querySelector<HTMLElement>("[data-page-search]");
  const isByKey = gone.matches(":focus-visible");
  return [...chips.slice(at + 1), ...chips.slice(0, at).toReversed(), ...(search && isByKey ? [search] : [])];
}
