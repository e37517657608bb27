"use client";

import { CalendarClock, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { LatePopup } from "@/components/ui/late-popup";
import { describeRange } from "./range-fields";
import type { DateRangePickerProps, RangePopup } from "./range-popup";

const loadPopup = () => import("./range-popup").then((module) => module.RangePopup);

/** Named ranges, and any other to the minute. */
export function DateRangePicker<Preset extends string>(props: DateRangePickerProps<Preset>) {
  const { value, presets, zone, className } = props;
  const t = useTranslations("lists");
  const words = describeRange(t, value, presets, zone);
  return (
    <LatePopup
      opens="dialog"
      load={loadPopup as () => Promise<typeof RangePopup<Preset>>}
      {...props}
      trigger={
        <Button
          variant="outline"
          data-stays=""
          aria-label={t("timeRange", { range: words })}
          className={cn("min-w-0 px-3 lg:max-2xl:gap-1.5 lg:max-2xl:px-2.5", className)}
        >
          <CalendarClock aria-hidden className="text-muted-foreground" />
          <span className="tabular truncate">{words}</span>
          <ChevronDown aria-hidden className="text-muted-foreground" />
        </Button>
      }
    />
  );
}
