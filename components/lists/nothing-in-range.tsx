import { SearchX, type LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import type { ListUrl } from "./use-list-url";

interface NothingFoundProps {
  url: ListUrl;
  /** What the parameters become when the filters are taken away; those set now say whether any is. */
  clearing: Readonly<Record<string, null>>;
  /** Said while a filter is set, and while none is. */
  filteredTitle: string;
  filteredDescription?: string;
  title: string;
  description: string;
  icon?: LucideIcon;
  /** Further buttons. */
  children?: ReactNode;
}

/** A report without a row: a filter is to blame and can be taken away at once, or there is nothing. */
export function NothingFound(props: NothingFoundProps) {
  const { url, clearing, filteredTitle, filteredDescription = "Take a filter away.", icon = SearchX } = props;
  const isFiltered = Object.keys(clearing).some((name) => url.get(name) !== "");
  return (
    <EmptyState
      icon={isFiltered ? SearchX : icon}
      title={isFiltered ? filteredTitle : props.title}
      description={isFiltered ? filteredDescription : props.description}
      actions={
        <>
          {isFiltered && (
            <Button variant="outline" onClick={() => url.set(clearing)}>
              Clear filters
            </Button>
          )}
          {props.children}
        </>
      }
    />
  );
}

/** The same where the range may be to blame too. */
export function NothingInRange(props: Omit<NothingFoundProps, "filteredDescription" | "children">) {
  return (
    <NothingFound {...props} filteredDescription="Take a filter away, or look at a longer time.">
      <Button variant="outline" onClick={() => props.url.set({ range: "30d", from: null, to: null })}>
        Last 30 days
      </Button>
    </NothingFound>
  );
}

interface NothingYetProps extends ComponentProps<typeof EmptyState> {
  isFiltered: boolean;
  filteredTitle?: string;
}

/** A list without a row: none is left by the filters, or nothing has come yet. */
export function NothingYet({ isFiltered, filteredTitle = "Nothing matches", ...nothing }: NothingYetProps) {
  if (!isFiltered) return <EmptyState {...nothing} />;
  return (
    <EmptyState icon={SearchX} title={filteredTitle} description="Take a filter away, or search for less." />
  );
}

/** A list that has rows, but none that its filters leave. */
export function NothingMatches({ title, url }: { title: string; url: ListUrl }) {
  return (
    <EmptyState
      icon={SearchX}
      title={title}
      description="Take a filter away, or search for less."
      actions={
        <Button asChild variant="outline">
          <Link href={url.pathname}>Clear filters</Link>
        </Button>
      }
    />
  );
}

/** The parameters, each to be taken out of the address. */
export function cleared(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}
