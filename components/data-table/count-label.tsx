"use client";

import { formatNumber } from "@/components/ui/format-number";
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

/** How many rows there are; said aloud when it changes. A count still on its way shows the last one known. */
export function CountLabel({ count }: { count: TableCount | Promise<TableCount | null> }) {
  const [known, setKnown] = useState<TableCount | null>("then" in count ? null : count);
  useEffect(() => {
    let isCurrent = true;
    const show = (value: TableCount | null) => isCurrent && setKnown(value);
    // A promise from the server is a thenable of React's own, whose then() gives nothing back.
    if ("then" in count) void count.then(show);
    else show(count);
    return () => {
      isCurrent = false;
    };
  }, [count]);
  return (
    <output className="tabular min-h-5 text-sm text-muted-foreground">{known && formatCount(known)}</output>
  );
}
