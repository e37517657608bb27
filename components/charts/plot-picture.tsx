"use client";

import { formatCompact } from "@/components/ui/format-number";
import { cn } from "@/components/ui/cn";
import { PLOT, type PlotBar, type StackedPlotProps } from "./plot-parts";
import { useTickRoom } from "./use-tick-room";

const AXIS_TEXT = "absolute text-xs whitespace-nowrap text-muted-foreground";
const LINE = "absolute inset-x-0 border-t border-(--chart-grid)";

/** The plot without the chart library: it is there with the page, and as wide as its place by CSS alone. */
export function PlotPicture<Row extends PlotBar>({
  bars,
  parts,
  label,
  height,
  ticks,
}: Omit<StackedPlotProps<Row>, "tooltip">) {
  const plotHeight = height - PLOT.top - PLOT.bottom;
  const pixelsOf = (size: number) => (size / ticks.at(-1)!) * plotHeight;
  const [axis, shown] = useTickRoom(bars.map(({ tick }) => tick).join("\n"));
  return (
    // Focus loads the chart, where the arrow keys move from bar to bar.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role
    <div role="img" aria-label={label} tabIndex={0} className="relative h-full">
      <div
        className="absolute"
        style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, height: plotHeight }}
      >
        {ticks.map((tick) => (
          <div key={tick} className={LINE} style={{ bottom: pixelsOf(tick) }}>
            <span
              className={cn(AXIS_TEXT, "-translate-y-1/2")}
              style={{ right: `calc(100% + ${PLOT.tickSpace}px)` }}
            >
              {formatCompact(tick)}
            </span>
          </div>
        ))}
        <div
          className="absolute inset-0 grid"
          style={{ gridTemplateColumns: `repeat(${bars.length}, minmax(0, 1fr))` }}
        >
          {bars.map((bar, place) => (
            <div
              // Only its place identifies a bar.
              // oxlint-disable-next-line react/no-array-index-key
              key={place}
              className="flex flex-col-reverse"
              style={{ paddingInline: PLOT.barGap }}
            >
              {parts.map(({ key, colour, sizeOf }) => (
                <PicturePart
                  key={key}
                  colour={colour}
                  height={pixelsOf(sizeOf(bar))}
                  isRunning={bar.isRunning}
                />
              ))}
            </div>
          ))}
        </div>
        <div ref={axis} className="absolute inset-x-0 top-full">
          {bars.map(({ tick }, place) => (
            <span
              // Two bars may have the same label.
              // oxlint-disable-next-line react/no-array-index-key
              key={place}
              className={cn(AXIS_TEXT, "-translate-x-1/2 leading-none", !shown.has(place) && "invisible")}
              style={{ left: `${((place + 0.5) / bars.length) * 100}%`, top: PLOT.tickSpace - 1 }}
            >
              {tick}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

function PicturePart({ colour, height, isRunning }: { colour: string; height: number; isRunning: boolean }) {
  if (height <= 0) return null;
  return (
    <span
      className={cn("mx-auto w-full shrink-0 inset-ring-[0.375px] inset-ring-card", isRunning && "hatched")}
      style={{
        height,
        maxWidth: PLOT.mostBarWidth,
        ...(isRunning ? { color: colour } : { backgroundColor: colour }),
      }}
    />
  );
}
