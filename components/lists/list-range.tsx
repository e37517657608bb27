"use client";

import { useTranslations } from "next-intl";
import { DateRangePicker } from "@/components/time/date-range-picker";
import type { RangeValue } from "@/components/time/range-fields";
import {
  DEFAULT_REPORT_PRESET,
  REPORT_PRESETS,
  type ReportPreset,
  type ReportRange,
} from "@/lib/domain/reports/report-range";
import { addLocalDays, ianaZone, localDateOf, startOfLocalDay } from "@/lib/domain/zones";
import type { ListUrl } from "./use-list-url";

const PRESET_TEXT = {
  today: "today",
  yesterday: "yesterday",
  "7d": "last7Days",
  "30d": "last30Days",
  "this-month": "thisMonth",
  "last-month": "lastMonth",
} as const satisfies Readonly<Record<ReportPreset, string>>;

interface ListRangeProps {
  url: ListUrl;
  zone: string;
  /** What the address stands for now. */
  range: ReportRange;
}

/** The range of a report: days by name, or from any minute to any other. Whole days stand in the address as days. */
export function ListRange({ url, zone, range }: ListRangeProps) {
  const t = useTranslations("lists");
  const isByEnds = url.get("from") !== "" || url.get("to") !== "";
  const named = REPORT_PRESETS.find((preset) => preset === url.get("range")) ?? DEFAULT_REPORT_PRESET;
  const value: RangeValue<ReportPreset> = isByEnds ? range : { preset: named };
  return (
    <DateRangePicker
      value={value}
      onChange={(chosen) => url.set(addressOf(chosen, zone))}
      presets={REPORT_PRESETS.map((id) => ({ id, label: t(PRESET_TEXT[id]) }))}
      zone={zone}
      span={range}
    />
  );
}

function addressOf(value: RangeValue<ReportPreset>, zone: string): Record<string, string | null> {
  if ("preset" in value) return { range: value.preset, from: null, to: null };
  const to = value.to === null ? null : endInAddress(value.to, zone);
  return { range: null, from: startInAddress(value.from, zone), to };
}

function startInAddress(at: number, zone: string): string {
  const day = localDateOf(at, ianaZone(zone));
  return startOfLocalDay(day, ianaZone(zone)) === at ? day : new Date(at).toISOString();
}

/** A day that is named as the end is part of the range. */
function endInAddress(at: number, zone: string): string {
  const day = localDateOf(at, ianaZone(zone));
  return startOfLocalDay(day, ianaZone(zone)) === at ? addLocalDays(day, -1) : new Date(at).toISOString();
}
