import { formatNumber } from "@/components/ui/format-number";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";

export interface BarListItem {
  id: string;
  label: string;
  value: number;
  /** The value in words: "7 h 32 min". Otherwise the number itself. */
  valueLabel?: string;
  href?: string;
  /** Goes there with what is on its way; the address is then for other tabs and windows. */
  onStep?: () => void;
  icon?: ReactNode;
  /** A CSS colour of the bar; the accent when absent. */
  colour?: string;
}

interface BarListProps {
  label: string;
  items: readonly BarListItem[];
}

/** A ranking: names with bars as long as their values. */
export function BarList({ label, items }: BarListProps) {
  const full = Math.max(1, ...items.map((item) => item.value));
  return (
    <ol aria-label={label} className="grid gap-2.5">
      {items.map((item) => (
        <li
          key={item.id}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 text-sm"
        >
          <span className="flex min-w-0 items-center gap-1.5">
            {item.icon}
            {item.href ? (
              <Link
                href={item.href}
                onStep={item.onStep}
                title={item.label}
                className="truncate rounded-sm hover:underline"
              >
                {item.label}
              </Link>
            ) : (
              <span title={item.label} className="truncate">
                {item.label}
              </span>
            )}
          </span>
          <span className="tabular text-end text-muted-foreground">
            {item.valueLabel ?? formatNumber(item.value)}
          </span>
          <span aria-hidden className="col-span-2 h-1.5 overflow-hidden rounded-full bg-secondary">
            <span
              className="block h-full rounded-full bg-primary"
              style={{ width: `${Math.min(100, (100 * item.value) / full)}%`, backgroundColor: item.colour }}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}
