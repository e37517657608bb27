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

/** A list's filters. On a phone search and range stay, and one button holds the others (see globals.css). */
export function FoldedFilters({ filters, children }: FoldedFiltersProps) {
  const t = useTranslations("lists");
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const count = filters.filter((filter) => !SEARCHES.has(filter.id)).length;
  return (
    <div id={id} data-slot="filters" data-open={isOpen || undefined} className="contents">
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
