"use client";

import { formatNumber } from "@/components/ui/format-number";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";

export interface TableCount {
  total: number;
  /** The database stopped counting at `total`: shown as "10,000+". */
  isCapped?: boolean;
  /** "event", "events". */
  noun: readonly [one: string, many: string];
}

export function formatCount({ total, isCapped, noun }: TableCount): string {
  return `${formatNumber(total)}${isCapped ? "+" : ""} ${total === 1 && !isCapped ? noun[0] : noun[1]}`;
}

/** The count as it is shown: the first of a list is said aloud, those of later readings of the same list are not. */
export interface ShownCount {
  /** Of the address: which list it is. */
  query: string;
  text: string;
  isSaid: boolean;
}

export function withCount(shown: ShownCount | null, query: string, text: string): ShownCount {
  if (shown?.query !== query) return { query, text, isSaid: true };
  return shown.text === text ? shown : { query, text, isSaid: false };
}

/**
 * How many rows there are; said aloud with another filter or page, not whenever a live list grows. A count still on its
 * way shows the last one known.
 */
export function CountLabel({ count }: { count: TableCount | Promise<TableCount | null> }) {
  const query = useSearchParams().toString();
  const [shown, setShown] = useState<ShownCount | null>(
    "then" in count ? null : withCount(null, query, formatCount(count)),
  );
  useEffect(() => {
    let isCurrent = true;
    const show = (value: TableCount | null) =>
      isCurrent && setShown((before) => value && withCount(before, query, formatCount(value)));
    // A promise from the server is a thenable of React's own, whose then() gives nothing back.
    if ("then" in count) void count.then(show);
    else show(count);
    return () => {
      isCurrent = false;
    };
  }, [count, query]);
  return (
    <span className="tabular min-h-5 text-sm text-muted-foreground">
      <output>{shown?.isSaid && shown.text}</output>
      {shown && !shown.isSaid && shown.text}
    </span>
  );
}
