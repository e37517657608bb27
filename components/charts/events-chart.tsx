"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { EventKind } from "@/lib/domain/events/kinds";
import { KindLegend } from "@/components/events/kind-legend";
import { type EventsSeries, eventsBuckets, kindTotals } from "./events-series";
import { EventsTable } from "./events-table";
import { LatePlot } from "./late-plot";

const loadPlot = () => import("./events-plot").then((module) => module.EventsPlot);

interface EventsChartProps {
  series: EventsSeries;
  /** The chart's name: "Events by hour". */
  label: string;
  /** Of the plot, pixels. */
  height?: number;
}

/** Events by kind over hours or days, with a legend that hides kinds and a table for those who prefer numbers. */
export function EventsChart({ series, label, height = 240 }: EventsChartProps) {
  const [hidden, setHidden] = useState<ReadonlySet<EventKind>>(new Set());
  const [isTable, setIsTable] = useState(false);
  const buckets = useMemo(() => eventsBuckets(series), [series]);
  const { kinds, totals } = useMemo(() => kindTotals(series.points), [series.points]);
  const shownKinds = kinds.filter((kind) => !hidden.has(kind));

  function toggle(kind: EventKind) {
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(kind)) after.add(kind);
      return after;
    });
  }

  if (kinds.length === 0) {
    return (
      <div style={{ minHeight: height }} className="grid place-items-center">
        <EmptyState icon={ChartColumn} title="No events in this time" className="py-4" />
      </div>
    );
  }
  return (
    <figure aria-label={label} className="grid min-w-0 gap-3">
      {!isTable && (
        <LatePlot height={height} load={loadPlot}>
          {(EventsPlot) => <EventsPlot buckets={buckets} kinds={shownKinds} label={label} height={height} />}
        </LatePlot>
      )}
      <EventsTable buckets={buckets} kinds={shownKinds} label={label} isShown={isTable} height={height} />
      <div className="flex flex-wrap items-start justify-between gap-2">
        <KindLegend kinds={kinds} counts={totals} hidden={hidden} onToggle={toggle} />
        <div className="ml-auto flex items-center gap-3 text-xs text-muted-foreground">
          {buckets.some((bucket) => bucket.isRunning) && <RunningNote unit={series.unit} />}
          <Button
            variant="ghost"
            size="sm"
            className="h-7 px-2 text-xs"
            data-print="hide"
            onClick={() => setIsTable((was) => !was)}
          >
            {isTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
            {isTable ? "Show chart" : "Show table"}
          </Button>
        </div>
      </div>
    </figure>
  );
}

function RunningNote({ unit }: { unit: EventsSeries["unit"] }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className="hatched size-3 rounded-xs text-muted-foreground" />
      {unit === "hour" ? "this hour so far" : "today so far"}
    </span>
  );
}
