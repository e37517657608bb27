"use client";

import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { kindFillColour } from "@/components/events/kind-icon";
import type { EventKind } from "@/lib/domain/events/kinds";
import { roundTicks } from "@/lib/domain/round-ticks";
import { ChartTooltip } from "./chart-tooltip";
import type { EventsBucket } from "./events-series";
import { StackedPlot } from "./stacked-plot";

interface EventsPlotProps {
  buckets: readonly EventsBucket[];
  kinds: readonly EventKind[];
  label: string;
  height: number;
}

/** One bar a bucket, of the kinds that are not hidden. */
export function EventsPlot({ buckets, kinds, label, height }: EventsPlotProps) {
  const t = useTranslations("charts");
  const kindWord = useTranslations("eventKinds");
  const parts = kinds.map((kind) => ({
    key: kind,
    word: kindWord(kind),
    colour: kindFillColour(kind),
    sizeOf: ({ counts }: EventsBucket) => counts[kind] ?? 0,
  }));
  const sumOf = (bucket: EventsBucket) => parts.reduce((sum, { sizeOf }) => sum + sizeOf(bucket), 0);
  const tooltip = (bucket: EventsBucket) => {
    const present = parts.filter(({ sizeOf }) => sizeOf(bucket) > 0).toReversed();
    const rows = present.map((part) => ({ ...part, value: formatNumber(part.sizeOf(bucket)) }));
    return (
      <ChartTooltip bar={bucket} rows={rows}>
        <li className="flex justify-between gap-2 font-medium">
          {rows.length === 0 ? t("noEvents") : t("total")}
          {rows.length > 0 && <span className="tabular">{formatNumber(sumOf(bucket))}</span>}
        </li>
      </ChartTooltip>
    );
  };
  const ticks = roundTicks(Math.max(0, ...buckets.map(sumOf)));
  return (
    <StackedPlot bars={buckets} parts={parts} label={label} height={height} ticks={ticks} tooltip={tooltip} />
  );
}
