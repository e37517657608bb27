const numbers = new Intl.NumberFormat("en");

export interface TableCount {
  total: number;
  /** The database stopped counting at `total`: shown as "10,000+". */
  isCapped?: boolean;
  /** "event", "events". */
  noun: readonly [one: string, many: string];
}

export function formatCount({ total, isCapped, noun }: TableCount): string {
  return `${numbers.format(total)}${isCapped ? "+" : ""} ${total === 1 && !isCapped ? noun[0] : noun[1]}`;
}

/** How many rows there are; said aloud when it changes. */
export function CountLabel({ count }: { count: TableCount }) {
  return <output className="tabular text-sm text-muted-foreground">{formatCount(count)}</output>;
}
