"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { DateRange } from "react-day-picker";
import { Form } from "@/components/forms/form";
import { Button } from "@/components/ui/button";
import { Calendar } from "@/components/ui/calendar";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { isLocalDate } from "@/lib/domain/zones";
import { formatSortable } from "./format";
import { zoneWords } from "./zone-choices";
import { type RangeFieldErrors, type RangeFields, spanOfFields, type TimeSpan } from "./range-fields";

interface RangeFormProps {
  initial: RangeFields;
  zone: string;
  /** Epoch milliseconds. */
  now: number;
  onApply: (span: TimeSpan) => void;
}

// The calendar thinks in the browser's own dates; only year, month and day of them are used.
function toCalendar(date: string): Date | undefined {
  if (!isLocalDate(date)) return undefined;
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(year, month - 1, day);
}

function fromCalendar(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Whole days by the calendar, minutes by the fields. */
export function RangeForm({ initial, zone, now, onApply }: RangeFormProps) {
  const t = useTranslations("lists");
  const [fields, setFields] = useState(initial);
  const [errors, setErrors] = useState<RangeFieldErrors>({});
  // Between the first day and the second the calendar must know that the choice is half made.
  const [firstDay, setFirstDay] = useState<Date | null>(null);
  const change = (patch: Partial<RangeFields>) => {
    setFields((before) => ({ ...before, ...patch }));
    setErrors({});
    setFirstDay(null);
  };

  function selectDays(range: DateRange | undefined) {
    if (!range?.from) return;
    const last = range.to ?? range.from;
    change({
      fromDate: fromCalendar(range.from),
      fromTime: "00:00",
      toDate: fromCalendar(last),
      toTime: "23:59",
      hasNoEnd: false,
    });
    if (!range.to) setFirstDay(range.from);
  }
  function apply() {
    const result = spanOfFields(fields, zone);
    if ("span" in result) onApply(result.span);
    else setErrors(result.errors);
  }
  const today = toCalendar(formatSortable(now, zone).slice(0, 10));
  const from = toCalendar(fields.fromDate);
  const to = fields.hasNoEnd ? today : toCalendar(fields.toDate);
  const days = from && to && from <= to ? { from, to } : undefined;
  const selected = firstDay ? { from: firstDay, to: undefined } : days;
  return (
    <Form
      className="grid justify-items-center gap-3 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Calendar
        mode="range"
        resetOnSelect
        today={today}
        defaultMonth={to ?? today}
        selected={selected}
        onSelect={selectDays}
      />
      <div className="grid w-full gap-2">
        <MinuteField
          end="from"
          date={fields.fromDate}
          time={fields.fromTime}
          error={errors.from}
          onChange={(fromDate, fromTime) => change({ fromDate, fromTime })}
        />
        <MinuteField
          end="to"
          date={fields.toDate}
          time={fields.toTime}
          error={errors.to}
          isDisabled={fields.hasNoEnd}
          onChange={(toDate, toTime) => change({ toDate, toTime })}
        />
        <NoEndField isChecked={fields.hasNoEnd} onChange={(hasNoEnd) => change({ hasNoEnd })} />
      </div>
      {/* In view also where the form is taller than the screen. */}
      <div className="sticky bottom-0 z-10 -mx-3 -mb-3 flex items-center justify-between gap-3 self-stretch justify-self-stretch border-t bg-popover p-3">
        <p className="text-xs text-muted-foreground">{t("bothIncluded", { zone: zoneWords(zone) })}</p>
        <Button type="submit" size="sm">
          {t("apply")}
        </Button>
      </div>
    </Form>
  );
}

function NoEndField({ isChecked, onChange }: { isChecked: boolean; onChange: (isChecked: boolean) => void }) {
  const t = useTranslations("lists");
  const id = useId();
  return (
    <div className="ms-12 flex min-h-6 items-center gap-2">
      <Checkbox id={id} checked={isChecked} onCheckedChange={(checked) => onChange(checked === true)} />
      <Label htmlFor={id} className="font-normal">
        {t("noEnd")}
      </Label>
    </div>
  );
}

interface MinuteFieldProps {
  end: "from" | "to";
  date: string;
  time: string;
  error?: RangeFieldErrors["from"];
  isDisabled?: boolean;
  onChange: (date: string, time: string) => void;
}

function MinuteField({ end, date, time, error, isDisabled, onChange }: MinuteFieldProps) {
  const t = useTranslations("lists");
  const id = useId();
  const shared = {
    disabled: isDisabled,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error ? `${id}-error` : undefined,
  };
  return (
    <fieldset className="grid grid-cols-[2.25rem_minmax(0,1fr)_8.25rem] items-center gap-x-2 gap-y-1">
      <legend className="sr-only">{t(end)}</legend>
      <span aria-hidden className="text-sm text-muted-foreground">
        {t(end)}
      </span>
      <Input
        {...shared}
        type="date"
        className="px-2"
        aria-label={end === "from" ? t("fromDate") : t("toDate")}
        min="2000-01-01"
        max="9998-12-31"
        value={date}
        onChange={(event) => onChange(event.target.value, time)}
      />
      <Input
        {...shared}
        type="time"
        className="px-2"
        aria-label={end === "from" ? t("fromTime") : t("toTime")}
        value={time}
        onChange={(event) => onChange(date, event.target.value)}
      />
      <div aria-live="polite" className="col-start-2 col-end-4">
        <FieldError id={`${id}-error`} error={error && t(error)} />
      </div>
    </fieldset>
  );
}
