"use client";

import { Link } from "@/components/ui/link";
import { Button } from "@/components/ui/button";
import { Chip, type ChipProps } from "@/components/ui/chip";

export interface TableFilter extends Omit<ChipProps, "className"> {
  id: string;
}

interface FilterChipsProps {
  filters: readonly TableFilter[];
  /** One of the two takes all filters away; without them there is no such button. */
  clearHref?: string;
  onClear?: () => void;
}

/** What the list is held to, each removable on its own. Draws nothing without filters. */
export function FilterChips({ filters, clearHref, onClear }: FilterChipsProps) {
  if (filters.length === 0) return null;
  return (
    <ul aria-label="Filters" data-print="hide" className="flex flex-wrap items-center gap-1.5">
      {filters.map(({ id, ...chip }) => (
        <li key={id} className="min-w-0">
          <Chip {...chip} />
        </li>
      ))}
      {(clearHref || onClear) && (
        <li>
          {clearHref ? (
            <Button asChild variant="ghost" size="sm" className="h-7">
              <Link href={clearHref} scroll={false}>
                Clear filters
              </Link>
            </Button>
          ) : (
            <Button variant="ghost" size="sm" className="h-7" onClick={onClear}>
              Clear filters
            </Button>
          )}
        </li>
      )}
    </ul>
  );
}
