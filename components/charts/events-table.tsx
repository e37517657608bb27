import { cn } from "@/components/ui/cn";
import { type EventKind, KIND_LABEL } from "@/lib/domain/events/kinds";
import type { EventsBucket } from "./events-series";

interface EventsTableProps {
  buckets: readonly EventsBucket[];
  kinds: readonly EventKind[];
  label: string;
  /** False: only for screen readers. */
  isShown: boolean;
  height: number;
}

const numbers = new Intl.NumberFormat("en");

/** The chart's numbers as a table. */
export function EventsTable({ buckets, kinds, label, isShown, height }: EventsTableProps) {
  return (
    <section
      aria-label={`${label}, table`}
      // While shown it scrolls, so the arrow keys must reach it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={isShown ? 0 : undefined}
      style={isShown ? { maxHeight: height } : undefined}
      className={cn(isShown ? "relative overflow-auto" : "sr-only")}
    >
      <table aria-label={label} className="w-full text-xs">
        <thead>
          <tr>
            {["Time", ...kinds.map((kind) => KIND_LABEL[kind]), "All"].map((word, index) => (
              <th
                key={word}
                scope="col"
                className={cn(
                  "sticky top-0 h-8 bg-card px-2 font-medium whitespace-nowrap text-muted-foreground",
                  index === 0 ? "text-left" : "text-right",
                )}
              >
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket) => (
            <tr key={bucket.at} className="border-t">
              <th scope="row" className="h-8 px-2 text-left font-normal whitespace-nowrap">
                {bucket.title}
                {bucket.isRunning && " (so far)"}
              </th>
              {kinds.map((kind) => (
                <td key={kind} className="px-2 text-right">
                  {numbers.format(bucket.counts[kind] ?? 0)}
                </td>
              ))}
              <td className="px-2 text-right font-medium">{numbers.format(bucket.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
