import type { ComponentProps } from "react";
import { cn } from "./cn";

interface TableProps extends ComponentProps<"table"> {
  label: string;
  /** On a phone each row is a card, whose cells stand below one another behind their `label` (see globals.css). */
  stacks?: boolean;
}

/** The plain table for short lists. Lists that sort, page or filter use components/data-table. */
export function Table({ className, label, stacks, ...props }: TableProps) {
  return (
    <section
      data-slot="table-container"
      data-stacks={stacks}
      aria-label={label}
      // A frame that scrolls sideways must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      data-print="expand"
      className="relative w-full overflow-x-auto"
    >
      <table
        data-slot="table"
        aria-label={label}
        className={cn("w-full caption-bottom text-sm", className)}
        {...props}
      />
    </section>
  );
}

export function TableHeader({ className, ...props }: ComponentProps<"thead">) {
  return <thead data-slot="table-header" className={cn("[&_tr]:border-b", className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return <tbody data-slot="table-body" className={cn("[&_tr:last-child]:border-0", className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return (
    <tr
      data-slot="table-row"
      className={cn("h-9 border-b transition-colors hover:bg-muted/50", className)}
      {...props}
    />
  );
}

export function TableHead({ className, scope = "col", ...props }: ComponentProps<"th">) {
  return (
    <th
      data-slot="table-head"
      scope={scope}
      className={cn(
        "h-9 px-3 text-start align-middle text-xs font-medium whitespace-nowrap text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}

/** The head of a table whose columns are all alike, but for those of numbers behind them. */
export function TableHeads({
  heads,
  numbers = [],
}: {
  heads: readonly string[];
  numbers?: readonly string[];
}) {
  return (
    <TableHeader>
      <TableRow>
        {heads.map((head) => (
          <TableHead key={head}>{head}</TableHead>
        ))}
        {numbers.map((head) => (
          <TableHead key={head} className="text-end">
            {head}
          </TableHead>
        ))}
      </TableRow>
    </TableHeader>
  );
}

/** `label`: the word of its column, for a table that stacks. */
export function TableCell({ className, label, ...props }: ComponentProps<"td"> & { label?: string }) {
  return (
    <td
      data-slot="table-cell"
      data-label={label}
      className={cn("px-3 py-1.5 align-middle", className)}
      {...props}
    />
  );
}
