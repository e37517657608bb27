"use client";

import { formatNumber } from "@/components/ui/format-number";
import { ChartColumn } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { KindLegend } from "@/components/events/kind-legend";
import { EmptyState } from "@/components/ui/empty-state";
import type { EventKind } from "@/lib/domain/events/kinds";
import { ChartFrame } from "./chart-frame";
import { EventsPlot } from "./events-plot";
import { type EventsSeries, eventsBuckets, kindTotals } from "./events-series";

interface EventsChartProps {
  series: EventsSeries;
  /** The chart's name: "Events by hour". */
  label: string;
  /** Of the plot, pixels. */
  height?: number;
}

/** Events by kind over hours or days, with a legend that hides kinds. */
export function EventsChart({ series, label, height = 240 }: EventsChartProps) {
  const t = useTranslations("charts");
  const kindWord = useTranslations("eventKinds");
  const [hidden, setHidden] = useState<ReadonlySet<EventKind>>(new Set());
  const buckets = useMemo(() => eventsBuckets(series, t), [series, t]);
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
        <EmptyState icon={ChartColumn} title={t("noneInPeriod")} className="py-4" />
      </div>
    );
  }
  return (
    <ChartFrame
      label={label}
      height={height}
      unit={series.unit}
      plot={<EventsPlot buckets={buckets} kinds={shownKinds} label={label} height={height} />}
      legend={<KindLegend kinds={kinds} counts={totals} hidden={hidden} onToggle={toggle} />}
      headings={[t("time"), ...shownKinds.map((kind) => kindWord(kind)), t("total")]}
      rows={buckets.map((bar) => ({
        bar,
        cells: [...shownKinds.map((kind) => bar.counts[kind] ?? 0), bar.total].map((value) =>
          formatNumber(value),
        ),
      }))}
    />
  );
}
