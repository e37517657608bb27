import { SearchX, type LucideIcon } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ListUrl } from "./use-list-url";

interface NothingInRangeProps {
  url: ListUrl;
  /** What the parameters become when the filters are taken away; those set now say whether any is. */
  clearing: Readonly<Record<string, null>>;
  /** Said while a filter is set, and while none is. */
  filteredTitle: string;
  title: string;
  description: string;
  icon?: LucideIcon;
}

/** A report without a row: the filters or the range are to blame, and either can be widened at once. */
export function NothingInRange(props: NothingInRangeProps) {
  const { url, clearing, filteredTitle, title, description, icon = SearchX } = props;
  const isFiltered = Object.keys(clearing).some((name) => url.get(name) !== "");
  return (
    <EmptyState
      icon={isFiltered ? SearchX : icon}
      title={isFiltered ? filteredTitle : title}
      description={isFiltered ? "Take a filter away, or look at a longer time." : description}
      actions={
        <>
          {isFiltered && (
            <Button variant="outline" onClick={() => url.set(clearing)}>
              Clear filters
            </Button>
          )}
          <Button variant="outline" onClick={() => url.set({ range: "30d", from: null, to: null })}>
            Last 30 days
          </Button>
        </>
      }
    />
  );
}

/** The parameters, each to be taken out of the address. */
export function cleared(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}
