import type { Text } from "../text";

/** A chart of bars from nothing upwards, all of one kind. */
export interface BarChart {
  title: string;
  bars: readonly { label: string; value: number }[];
  /** A bar's value as people read it. */
  valueText: (value: number) => string;
}

/** The chart in one sentence, for those who do not see it. */
export function chartText({ title, bars, valueText }: BarChart): Text {
  const most = bars.reduce((top, bar) => (bar.value > top.value ? bar : top), { label: "", value: 0 });
  if (most.value === 0) return { key: "mails.chartNone", values: { title } };
  const sum = bars.reduce((total, { value }) => total + value, 0);
  return {
    key: "mails.chartText",
    values: { title, sum: valueText(sum), most: valueText(most.value), label: most.label },
  };
}

/** A grid's steps from 0 to at least the greatest value: three to five of 1, 2 or 5 times a power of ten, or of `unit`. */
export function gridSteps(most: number, unit = 1): number[] {
  const rough = Math.max(most / unit, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].find((factor) => factor * power >= rough)! * power) * unit;
  return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_, at) => at * step);
}
