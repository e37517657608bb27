import type { ReactNode } from "react";
import { cn } from "./cn";

export interface DescriptionItem {
  term: string;
  /** Rows with null, undefined, false or an empty text are left out. */
  value: ReactNode;
}

/** Names and values of one thing, one a line. */
export function DescriptionList({
  items,
  className,
}: {
  items: readonly DescriptionItem[];
  className?: string;
}) {
  const filled = items.filter(({ value }) => value != null && value !== false && value !== "");
  return (
    <dl className={cn("grid gap-2.5 text-sm", className)}>
      {filled.map(({ term, value }) => (
        <div key={term} className="grid grid-cols-[7.5rem_1fr] items-baseline gap-3">
          <dt className="text-muted-foreground wrap-break-word lang-de:hyphens-auto">{term}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
