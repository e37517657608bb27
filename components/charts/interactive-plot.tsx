"use client";

import { formatCompact } from "@/components/ui/format-number";
import { useEffect, useId, useRef, useState } from "react";
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
import { PLOT, type PlotBar, type StackedPlotProps } from "./plot-parts";

interface InteractivePlotProps<Bar> extends StackedPlotProps<Bar> {
  /** Whether what stood there before had the focus, which the chart then takes over. */
  takesFocus: boolean;
}

const axisText = { fontSize: 12, fill: "var(--muted-foreground)" };

/** Stacked bars by the chart library, which tell their numbers. The arrow keys walk through the bars. */
export function InteractivePlot<Row extends PlotBar>(props: InteractivePlotProps<Row>) {
  const { bars, parts, label, height, ticks, tooltip, takesFocus } = props;
  const patternId = useId();
  const place = useRef<HTMLDivElement>(null);
  const [isFocusOwed] = useState(takesFocus);
  useEffect(() => (isFocusOwed ? focusChart(place.current!) : undefined), [isFocusOwed]);
  return (
    <div ref={place} className="h-full">
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 1, height }}>
        <BarChart
          data={[...bars]}
          margin={{ top: PLOT.top, right: PLOT.right, bottom: 0, left: 0 }}
          barCategoryGap={PLOT.barGap}
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
            height={PLOT.bottom}
            minTickGap={PLOT.tickGap}
          />
          <YAxis
            width={PLOT.left}
            tick={axisText}
            tickLine={false}
            axisLine={false}
            ticks={[...ticks]}
            domain={[0, ticks.at(-1)!]}
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
              maxBarSize={PLOT.mostBarWidth}
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
    </div>
  );
}

/** The library draws the chart some turns after it has been asked to. Returns what stops the waiting. */
function focusChart(place: HTMLElement): () => void {
  const take = () => {
    const chart = place.querySelector<SVGElement>("[role=application]");
    if (!chart) return;
    observer.disconnect();
    chart.focus();
  };
  const observer = new MutationObserver(take);
  observer.observe(place, { childList: true, subtree: true });
  take();
  return () => observer.disconnect();
}
