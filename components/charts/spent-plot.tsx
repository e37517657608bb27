"use client";

import { useTranslations } from "next-intl";
import { PRESENCE_LOOK, PRESENCE_STATES } from "@/components/events/presence-state";
import { formatDuration } from "@/components/time/format";
import { roundTicks } from "@/lib/domain/round-ticks";
import { ChartTooltip } from "./chart-tooltip";
import type { SpentBar } from "./spent-series";
import { StackedPlot } from "./stacked-plot";

interface SpentPlotProps {
  bars: readonly SpentBar[];
  label: string;
  height: number;
}

const parts = PRESENCE_STATES.map((state) => ({
  key: state,
  colour: PRESENCE_LOOK[state].fillColour,
  sizeOf: (bar: SpentBar) => bar.seconds[state] / 3600,
  textOf: (bar: SpentBar) => formatDuration(bar.seconds[state]),
}));

/** Hours of each day, active below locked below uncertain. */
export function SpentPlot(props: SpentPlotProps) {
  const stateWord = useTranslations("reportStates");
  const worded = parts.map((part) => ({ ...part, word: stateWord(part.key) }));
  const tooltip = (bar: SpentBar) => (
    <ChartTooltip bar={bar} rows={worded.map((part) => ({ ...part, value: part.textOf(bar) }))} />
  );
  const hoursOf = (bar: SpentBar) => parts.reduce((sum, { sizeOf }) => sum + sizeOf(bar), 0);
  const ticks = roundTicks(Math.max(0, ...props.bars.map(hoursOf)));
  return <StackedPlot {...props} parts={worded} ticks={ticks} tooltip={tooltip} />;
}
