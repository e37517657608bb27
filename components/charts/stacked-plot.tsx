"use client";

import { useState } from "react";
import { Late } from "@/components/ui/late";
import { PlotPicture } from "./plot-picture";
import type { PlotBar, StackedPlotProps } from "./plot-parts";

const loadPlot = () => import("./interactive-plot").then((module) => module.InteractivePlot);

/**
 * Stacked bars, the running one hatched. The chart library is the largest thing on a page, and only its tooltips need
 * it: a picture stands there until somebody points at the bars or reaches them by key.
 */
export function StackedPlot<Row extends PlotBar>(props: StackedPlotProps<Row>) {
  const [isWanted, setIsWanted] = useState(false);
  const [hasFocus, setHasFocus] = useState(false);
  const want = () => setIsWanted(true);
  return (
    <div
      style={{ height: props.height }}
      className="min-w-0"
      onPointerEnter={want}
      onPointerMove={want}
      onFocus={() => {
        want();
        setHasFocus(true);
      }}
      onBlur={() => setHasFocus(false)}
    >
      <Late isWanted={isWanted} load={loadPlot} before={<PlotPicture {...props} />}>
        {(InteractivePlot) => <InteractivePlot {...props} takesFocus={hasFocus} />}
      </Late>
    </div>
  );
}
