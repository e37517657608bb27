"use client";

import { useId } from "react";
import {
  Bar,
  BarChart,
  type BarShapeProps,
  CartesianGrid,
  Rectangle,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { roundTicks } from "@/lib/domain/round-ticks";
import type { EventKind } from "@/lib/domain/events/kinds";
import { kindFillColour } from "@/components/events/kind-icon";
import { EventsTooltip } from "./events-tooltip";
import { HatchPattern } from "./hatch-pattern";
import type { EventsBucket } from "./events-series";

interface EventsPlotProps {
  buckets: readonly EventsBucket[];
  kinds: readonly EventKind[];
  label: string;
  height: number;
}

const numbers = new Intl.NumberFormat("en", { notation: "compact" });
const axisText = { fontSize: 12, fill: "var(--muted-foreground)" };

/** Of the bars as they stand, hidden kinds left out. */
function highest(buckets: readonly EventsBucket[], kinds: readonly EventKind[]): number {
  const height = ({ counts }: EventsBucket) => kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  return Math.max(0, ...buckets.map(height));
}

/** Stacked bars, one a bucket; the running bucket hatched. The arrow keys walk through the bars. */
export function EventsPlot({ buckets, kinds, label, height }: EventsPlotProps) {
  const patternId = useId();
  const ticks = roundTicks(highest(buckets, kinds));
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 1, height }}>
      <BarChart
        data={[...buckets]}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="15%"
        title={label}
      >
        <defs>
          {kinds.map((kind) => (
            <HatchPattern key={kind} id={`${patternId}-${kind}`} colour={kindFillColour(kind)} />
          ))}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="tick"
          tick={axisText}
          tickLine={false}
          axisLine={{ stroke: "var(--chart-grid)" }}
          minTickGap={24}
        />
        <YAxis
          width={40}
          tick={axisText}
          tickLine={false}
          axisLine={false}
          ticks={ticks}
          domain={[0, ticks.at(-1)!]}
          tickFormatter={(value: number) => numbers.format(value)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--muted-foreground)", opacity: 0.15 }}
          content={({ active, payload }) =>
            active ? (
              <EventsTooltip bucket={payload[0]?.payload as EventsBucket | undefined} kinds={kinds} />
            ) : null
          }
        />
        {kinds.map((kind) => (
          <Bar
            key={kind}
            dataKey={(bucket: EventsBucket) => bucket.counts[kind] ?? 0}
            name={kind}
            stackId="events"
            fill={kindFillColour(kind)}
            maxBarSize={48}
            isAnimationActive={false}
            shape={(props: BarShapeProps) => (
              <Rectangle
                {...props}
                fill={
                  (props.payload as EventsBucket).isRunning
                    ? `url(#${patternId}-${kind})`
                    : kindFillColour(kind)
                }
                stroke="var(--card)"
                strokeWidth={0.75}
              />
            )}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
