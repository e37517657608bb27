"use client";

import { useEffect, useRef, useState } from "react";
import { Late } from "@/components/ui/late";
import { PlotPicture } from "./plot-picture";
import type { PlotBar, StackedPlotProps } from "./plot-parts";

const loadPlot = () => import("./interactive-plot").then((module) => module.InteractivePlot);

/**
 * Stacked bars, the running one hatched. The chart library is the largest thing on a page, and only its tooltips need
 * it: a picture stands there until the user points at the bars or reaches them by key.
 */
export function StackedPlot<Row extends PlotBar>(props: StackedPlotProps<Row>) {
  const [isWanted, setIsWanted] = useState(false);
  const [hasFocus, setHasFocus] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const want = () => setIsWanted(true);
  const focus = () => {
    want();
    setHasFocus(true);
  };
  // The focus may have arrived before React listened.
  useEffect(() => {
    if (place.current?.contains(document.activeElement)) focus();
  }, []);
  return (
    <div
      ref={place}
      style={{ height: props.height }}
      className="min-w-0"
      onPointerEnter={want}
      onPointerMove={want}
      onFocus={focus}
      onBlur={() => setHasFocus(false)}
    >
      <Late isWanted={isWanted} load={loadPlot} before={<PlotPicture {...props} />}>
        {(InteractivePlot) => <InteractivePlot {...props} takesFocus={hasFocus} />}
      </Late>
    </div>
  );
}
