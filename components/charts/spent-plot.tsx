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
import { PRESENCE_LOOK, PRESENCE_STATES } from "@/components/events/presence-state";
import { formatDuration } from "@/components/time/format";
import { HatchPattern } from "./hatch-pattern";
import type { SpentBar } from "./spent-series";

const hours = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const axisText = { fontSize: 12, fill: "var(--muted-foreground)" };

/** Hours of each day, active below locked below uncertain; the running day hatched. */
export function SpentPlot({
  bars,
  label,
  height,
}: {
  bars: readonly SpentBar[];
  label: string;
  height: number;
}) {
  const patternId = useId();
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 1, height }}>
      <BarChart
        data={[...bars]}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="15%"
        title={label}
      >
        <defs>
          {PRESENCE_STATES.map((kind) => (
            <HatchPattern key={kind} id={`${patternId}-${kind}`} colour={PRESENCE_LOOK[kind].fillColour} />
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
          tickFormatter={(value: number) => hours.format(value)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--muted-foreground)", opacity: 0.15 }}
          content={({ active, payload }) =>
            active ? <SpentTooltip bar={payload[0]?.payload as SpentBar | undefined} /> : null
          }
        />
        {PRESENCE_STATES.map((kind) => (
          <Bar
            key={kind}
            dataKey={(bar: SpentBar) => bar.seconds[kind] / 3600}
            name={PRESENCE_LOOK[kind].word}
            stackId="spent"
            fill={PRESENCE_LOOK[kind].fillColour}
            maxBarSize={48}
            isAnimationActive={false}
            shape={(props: BarShapeProps) => (
              <Rectangle
                {...props}
                fill={
                  (props.payload as SpentBar).isRunning
                    ? `url(#${patternId}-${kind})`
                    : PRESENCE_LOOK[kind].fillColour
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

function SpentTooltip({ bar }: { bar?: SpentBar }) {
  if (!bar) return null;
  return (
    <div className="min-w-44 rounded-md border bg-popover p-2.5 text-xs text-popover-foreground shadow-md">
      <p className="font-medium">{bar.title}</p>
      {bar.isRunning && <p className="text-muted-foreground">so far</p>}
      <ul className="mt-1.5 grid gap-1">
        {PRESENCE_STATES.map((kind) => (
          <li key={kind} className="flex items-center gap-2">
            <span
              aria-hidden
              className="size-2.5 rounded-xs"
              style={{ backgroundColor: PRESENCE_LOOK[kind].fillColour }}
            />
            {PRESENCE_LOOK[kind].word}
            <span className="tabular ml-auto pl-4">{formatDuration(bar.seconds[kind])}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
