"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { useMemo, useState } from "react";
import { PRESENCE_LOOK, PRESENCE_STATES } from "@/components/events/presence-state";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/time/format";
import { LatePlot } from "./late-plot";
import { spentBars, type SpentBar, type SpentDay } from "./spent-series";

const loadPlot = () => import("./spent-plot").then((module) => module.SpentPlot);

interface SpentChartProps {
  days: readonly SpentDay[];
  zone: string;
  /** When the numbers were read, epoch milliseconds. */
  readAt: number;
  label: string;
  /** Of the plot, pixels. */
  height?: number;
}

/** Hours a day, active, locked and uncertain, with a table for those who prefer numbers. */
export function SpentChart({ days, zone, readAt, label, height = 240 }: SpentChartProps) {
  const [isTable, setIsTable] = useState(false);
  const bars = useMemo(() => spentBars(days, zone, readAt), [days, zone, readAt]);
  return (
    <figure aria-label={label} className="grid min-w-0 gap-3">
      {!isTable && (
        <LatePlot height={height} load={loadPlot}>
          {(SpentPlot) => <SpentPlot bars={bars} label={label} height={height} />}
        </LatePlot>
      )}
      <SpentTable bars={bars} label={label} isShown={isTable} height={height} />
      <div className="flex flex-wrap items-center justify-between gap-2 text-xs">
        <ul aria-label="What the colours mean" className="flex flex-wrap gap-x-4 gap-y-1">
          {PRESENCE_STATES.map((kind) => (
            <li key={kind} className="flex items-center gap-1.5">
              <span
                aria-hidden
                className="size-3 rounded-xs"
                style={{ backgroundColor: PRESENCE_LOOK[kind].fillColour }}
              />
              {PRESENCE_LOOK[kind].word}
            </li>
          ))}
        </ul>
        <div className="ml-auto flex items-center gap-3 text-muted-foreground">
          {bars.some((bar) => bar.isRunning) && (
            <span className="flex items-center gap-1.5">
              <span aria-hidden className="hatched size-3 rounded-xs" />
              today so far
            </span>
          )}
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

interface SpentTableProps {
  bars: readonly SpentBar[];
  label: string;
  /** False: only for screen readers. */
  isShown: boolean;
  height: number;
}

function SpentTable({ bars, label, isShown, height }: SpentTableProps) {
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
            {["Day", ...PRESENCE_STATES.map((kind) => PRESENCE_LOOK[kind].word)].map((word, index) => (
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
          {bars.map((bar) => (
            <tr key={bar.at} className="border-t">
              <th scope="row" className="h-8 px-2 text-left font-normal whitespace-nowrap">
                {bar.title}
                {bar.isRunning && " (so far)"}
              </th>
              {PRESENCE_STATES.map((kind) => (
                <td key={kind} className="tabular px-2 text-right whitespace-nowrap">
                  {formatDuration(bar.seconds[kind])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
