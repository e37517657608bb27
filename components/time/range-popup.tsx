"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { LatePopupProps } from "@/components/ui/late-popup";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { fieldsOfSpan, type RangePresetChoice, type RangeValue, type TimeSpan } from "./range-fields";
import { RangeForm } from "./range-form";
import { useNow } from "./use-now";

export interface DateRangePickerProps<Preset extends string> {
  value: RangeValue<Preset>;
  onChange: (value: RangeValue<Preset>) => void;
  presets: readonly RangePresetChoice<Preset>[];
  /** All dates and times in it are of this zone. */
  zone: string;
  /** What the value stands for now; the fields begin with it. */
  span?: TimeSpan;
  className?: string;
}

/** Drawn by DateRangePicker. */
export function RangePopup<Preset extends string>({
  trigger,
  ...props
}: DateRangePickerProps<Preset> & LatePopupProps) {
  const t = useTranslations("lists");
  const [isOpen, setIsOpen] = useState(true);
  function choose(next: RangeValue<Preset>) {
    setIsOpen(false);
    props.onChange(next);
  }
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label={t("rangeDialog")} className="w-auto p-0">
        <RangePanel {...props} onChoose={choose} />
      </PopoverContent>
    </Popover>
  );
}

type RangePanelProps<Preset extends string> = DateRangePickerProps<Preset> & {
  onChoose: (value: RangeValue<Preset>) => void;
};

/** Mounted anew each time it opens, so its fields begin with the range in force. */
function RangePanel<Preset extends string>({
  value,
  presets,
  zone,
  span,
  onChoose,
}: RangePanelProps<Preset>) {
  const t = useTranslations("lists");
  const now = useNow();
  const chosen = "preset" in value ? value.preset : null;
  return (
    <div className="flex flex-col sm:flex-row">
      <ul
        aria-label={t("ranges")}
        className="grid grid-cols-2 content-start gap-0.5 border-b p-2 sm:w-40 sm:grid-cols-1 sm:border-e sm:border-b-0"
      >
        {presets.map(({ id, label }) => (
          <li key={id}>
            <Button
              variant="ghost"
              size="sm"
              aria-pressed={id === chosen}
              className="w-full justify-between px-2 font-normal"
              onClick={() => onChoose({ preset: id })}
            >
              {label}
              {id === chosen && <Check aria-hidden />}
            </Button>
          </li>
        ))}
      </ul>
      <RangeForm
        zone={zone}
        now={now}
        initial={fieldsOfSpan("preset" in value ? span : value, now, zone)}
        onApply={onChoose}
      />
    </div>
  );
}
