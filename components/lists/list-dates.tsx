"use client";

import { CalendarDays, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { formatLocalDate } from "@/components/time/format";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import { useWords } from "@/components/ui/use-words";
import { REPORT_PRESET_TEXT, type ReportPreset } from "@/lib/domain/reports/report-range";
import { isLocalDate } from "@/lib/domain/zones";
import type { ListUrl } from "./use-list-url";

const loadPopup = () => import("./dates-popup").then((module) => module.DatesPopup);

interface ListDatesProps {
  url: ListUrl;
  /** Where days may be named too; dates overrule it. */
  preset?: ReportPreset | undefined;
}

/** First and last day of the list, both included, in the zone of the screen; each may be missing. */
export function ListDates({ url, preset }: ListDatesProps) {
  const t = useTranslations("lists");
  const words = useDatesInWords(url.get("from"), url.get("to"), preset);
  return (
    <LatePopup
      opens="dialog"
      load={loadPopup}
      url={url}
      trigger={
        <Button
          variant="outline"
          data-stays=""
          aria-label={t("timeRange", { range: words })}
          className="min-w-0 px-3 lg:max-2xl:gap-1.5 lg:max-2xl:px-2.5"
        >
          <CalendarDays aria-hidden className="text-muted-foreground" />
          <span className="tabular truncate">{words}</span>
          <ChevronDown aria-hidden className="text-muted-foreground" />
        </Button>
      }
    />
  );
}

function useDatesInWords(from: string, to: string, preset: ReportPreset | undefined): string {
  const t = useTranslations("lists");
  const word = useWords("lists");
  const [start, end] = [dayWords(from), dayWords(to)];
  if (start === undefined && end === undefined) {
    return preset === undefined ? t("anyDate") : word({ key: REPORT_PRESET_TEXT[preset] });
  }
  if (start === undefined) return t("until", { end: end! });
  if (end === undefined) return t("since", { start });
  return start === end ? start : `${start} – ${end}`;
}

export function dayWords(word: string): string | undefined {
  return isLocalDate(word) ? formatLocalDate(word) : word || undefined;
}
