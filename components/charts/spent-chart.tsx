"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { PRESENCE_LOOK, PRESENCE_STATES } from "@/components/events/presence-state";
import { formatDuration } from "@/components/time/format";
import { ChartFrame } from "./chart-frame";
import { SpentPlot } from "./spent-plot";
import { spentBars, type SpentDay } from "./spent-series";

interface SpentChartProps {
  days: readonly SpentDay[];
  zone: string;
  /** When the numbers were read, epoch milliseconds. */
  readAt: number;
  label: string;
}

/** Of the plot, pixels. */
const HEIGHT = 300;

/** Hours a day, active, locked and uncertain. */
export function SpentChart({ days, zone, readAt, label }: SpentChartProps) {
  const t = useTranslations("charts");
  const stateWord = useTranslations("reportStates");
  const bars = useMemo(() => spentBars(days, zone, readAt), [days, zone, readAt]);
  return (
    <ChartFrame
      label={label}
      height={HEIGHT}
      unit="day"
      plot={<SpentPlot bars={bars} label={label} height={HEIGHT} />}
      legend={<StateLegend />}
      headings={[t("day"), ...PRESENCE_STATES.map((state) => stateWord(state))]}
      rows={bars.map((bar) => ({
        bar,
        cells: PRESENCE_STATES.map((state) => formatDuration(bar.seconds[state])),
      }))}
    />
  );
}

function StateLegend() {
  const t = useTranslations("charts");
  const stateWord = useTranslations("reportStates");
  return (
    <ul aria-label={t("legend")} className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {PRESENCE_STATES.map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="size-3 rounded-xs"
            style={{ backgroundColor: PRESENCE_LOOK[state].fillColour }}
          />
          {stateWord(state)}
        </li>
      ))}
    </ul>
  );
}
