"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import type { LatePopupProps } from "@/components/ui/late-popup";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { ListUrl } from "./use-list-url";
import { useTypedDays } from "./use-typed-days";

/** Drawn by ListDates. */
export function DatesPopup({ url, trigger }: { url: ListUrl } & LatePopupProps) {
  const t = useTranslations("lists");
  const days = useTypedDays(url);
  const hasDates = ["from", "to", "range"].some((name) => url.get(name) !== "");
  return (
    <Popover defaultOpen onOpenChange={days.onOpenChange}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label={t("rangeDialog")} className="grid w-64 gap-3">
        {(["from", "to"] as const).map((name) => (
          <div key={name} className="grid gap-2">
            <Label htmlFor={`list-${name}`}>{t(name)}</Label>
            <Input
              id={`list-${name}`}
              type="date"
              min="2000-01-01"
              max="9998-12-31"
              value={days.valueOf(name)}
              onChange={(event) => days.type(name, event.target.value)}
              onBlur={days.send}
              onKeyDown={(event) => event.key === "Enter" && days.send()}
            />
          </div>
        ))}
        <Button
          variant="ghost"
          size="sm"
          disabled={!hasDates}
          className="justify-self-start"
          onClick={days.clear}
        >
          {t("anyDate")}
        </Button>
      </PopoverContent>
    </Popover>
  );
}
