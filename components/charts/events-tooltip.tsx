import { type EventKind, KIND_LABEL } from "@/lib/domain/events/kinds";
import { kindFillColour } from "@/components/events/kind-icon";
import type { EventsBucket } from "./events-series";

const numbers = new Intl.NumberFormat("en");

export function EventsTooltip({ bucket, kinds }: { bucket?: EventsBucket; kinds: readonly EventKind[] }) {
  if (!bucket) return null;
  const present = kinds.filter((kind) => (bucket.counts[kind] ?? 0) > 0).toReversed();
  return (
    <div className="min-w-44 rounded-md border bg-popover p-2.5 text-xs text-popover-foreground shadow-md">
      <p className="font-medium">{bucket.title}</p>
      {bucket.isRunning && <p className="text-muted-foreground">so far</p>}
      <ul className="mt-1.5 grid gap-1">
        {present.map((kind) => (
          <li key={kind} className="flex items-center gap-2">
            <span
              aria-hidden
              className="size-2.5 rounded-xs"
              style={{ backgroundColor: kindFillColour(kind) }}
            />
            {KIND_LABEL[kind]}
            <span className="tabular ml-auto pl-4">{numbers.format(bucket.counts[kind] ?? 0)}</span>
          </li>
        ))}
        <li className="flex justify-between gap-2 font-medium">
          {present.length === 0 ? "No events" : "All"}
          {present.length > 0 && (
            <span className="tabular">
              {numbers.format(present.reduce((sum, kind) => sum + (bucket.counts[kind] ?? 0), 0))}
            </span>
          )}
        </li>
      </ul>
    </div>
  );
}
