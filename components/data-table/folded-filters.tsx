"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import type { TableFilter } from "./filter-chips";

/** Chips of what stays in view by itself. */
const SEARCHES: ReadonlySet<string> = new Set(["q", "search", "subject"]);

interface FoldedFiltersProps {
  filters: readonly TableFilter[];
  children: ReactNode;
}

/**
 * A list's filters, in as many rows as they need beside its menus. On a phone search and range stay, and one button holds
 * the others (see globals.css).
 */
export function FoldedFilters({ filters, children }: FoldedFiltersProps) {
  const t = useTranslations("lists");
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const count = filters.filter((filter) => !SEARCHES.has(filter.id)).length;
  return (
    <div
      id={id}
      data-slot="filters"
      data-open={isOpen || undefined}
      className="contents lg:flex lg:min-w-0 lg:flex-1 lg:flex-wrap lg:items-center lg:gap-1.5 2xl:gap-2"
    >
      {children}
      <Button
        variant="outline"
        data-slot="filters-button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen((open) => !open)}
      >
        <SlidersHorizontal aria-hidden />
        {count > 0 ? t("filtersCount", { count }) : t("filters")}
      </Button>
    </div>
  );
}
