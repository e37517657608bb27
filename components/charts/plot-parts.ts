import type { ReactNode } from "react";

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

export interface StackedPlotProps<Bar> {
  bars: readonly Bar[];
  /** Of each bar, the lowest first. */
  parts: readonly PlotPart<Bar>[];
  label: string;
  /** Pixels. */
  height: number;
  /** Of the axis, from 0 up. */
  ticks: readonly number[];
  tooltip: (bar: Bar) => ReactNode;
}

/** Where things stand in a plot, in pixels, so that a picture of it looks as the chart library draws it. */
export const PLOT = {
  top: 8,
  right: 4,
  /** Of the axis of the bars. */
  bottom: 30,
  /** Of the axis of the numbers. */
  left: 40,
  /** Between an axis and its texts. */
  tickSpace: 8,
  /** Between two texts at least. */
  tickGap: 24,
  mostBarWidth: 48,
  /** On both sides of a bar, of its share of the width. */
  barGap: "15%",
} as const;
