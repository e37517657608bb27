"use client";

import { formatCompact } from "@/components/ui/format-number";
import { type ReactNode, useId } from "react";
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
import { HatchPattern } from "./hatch-pattern";

export interface PlotBar {
  /** Under the axis. */
  tick: string;
  isRunning: boolean;
}

export interface PlotPart<Bar> {
  key: string;
  word: string;
  colour: string;
  sizeOf: (bar: Bar) => number;
}

interface StackedPlotProps<Bar> {
  bars: readonly Bar[];
  /** Of each bar, the lowest first. */
  parts: readonly PlotPart<Bar>[];
  label: string;
  /** Pixels. */
  height: number;
  /** Of the axis, from 0 up; the library chooses them otherwise. */
  ticks?: number[];
  tooltip: (bar: Bar) => ReactNode;
}

const axisText = { fontSize: 12, fill: "var(--muted-foreground)" };

/** Stacked bars, the running one hatched. The arrow keys walk through the bars. */
export function StackedPlot<Row extends PlotBar>(props: StackedPlotProps<Row>) {
  const { bars, parts, label, height, ticks, tooltip } = props;
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
          {parts.map(({ key, colour }) => (
            <HatchPattern key={key} id={`${patternId}-${key}`} colour={colour} />
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
          {...(ticks && { ticks, domain: [0, ticks.at(-1)!] })}
          tickFormatter={(value: number) => formatCompact(value)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--muted-foreground)", opacity: 0.15 }}
          content={({ active, payload }) =>
            active && payload[0] ? tooltip(payload[0].payload as Row) : null
          }
        />
        {parts.map(({ key, word, colour, sizeOf }) => (
          <Bar
            key={key}
            dataKey={sizeOf}
            name={word}
            stackId="parts"
            fill={colour}
            maxBarSize={48}
            isAnimationActive={false}
            shape={(shape: BarShapeProps) => (
              <Rectangle
                {...shape}
                fill={(shape.payload as Row).isRunning ? `url(#${patternId}-${key})` : colour}
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
