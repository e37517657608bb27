"use client";

import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from "lucide-react";
import { DayPicker } from "react-day-picker";
import { de } from "react-day-picker/locale/de";
import type { ComponentProps } from "react";
import { dateOrder, readerLocale } from "@/lib/reader";
import { cn } from "./cn";

const icons = { left: ChevronLeft, right: ChevronRight, up: ChevronUp, down: ChevronDown };

const navButton =
  "grid size-8 place-items-center rounded-md hover:bg-accent disabled:opacity-50 aria-disabled:opacity-50";

/** In the reader's language. Weeks begin on Sunday where the month goes before the day; `timeZone` sets where "today" is. */
export function Calendar({ className, classNames, ...props }: ComponentProps<typeof DayPicker>) {
  return (
    <DayPicker
      data-slot="calendar"
      locale={readerLocale() === "de" ? de : undefined}
      weekStartsOn={dateOrder() === "mdy" ? 0 : 1}
      showOutsideDays
      className={cn("w-fit p-1", className)}
      classNames={{
        months: "relative flex flex-col gap-4 sm:flex-row",
        month: "flex flex-col gap-2",
        nav: "absolute inset-x-0 top-0 flex h-8 items-center justify-between",
        button_previous: navButton,
        button_next: navButton,
        month_caption: "flex h-8 items-center justify-center px-9",
        caption_label: "text-sm font-medium",
        month_grid: "w-full border-collapse",
        weekdays: "flex",
        weekday: "w-9 text-xs font-normal text-muted-foreground",
        week: "mt-1 flex",
        day: "size-9 p-0 text-center text-sm",
        day_button:
          "tabular grid size-9 place-items-center rounded-md font-normal -outline-offset-2 hover:bg-accent disabled:pointer-events-none disabled:opacity-50",
        selected:
          "[&>button]:bg-primary [&>button]:text-primary-foreground [&>button]:hover:bg-primary [&>button]:hover:text-primary-foreground",
        range_start: "rounded-s-md bg-accent",
        range_end: "rounded-e-md bg-accent",
        range_middle:
          "bg-accent [&>button]:rounded-none! [&>button]:bg-transparent! [&>button]:text-accent-foreground! first:rounded-s-md last:rounded-e-md",
        today: "[&>button]:font-bold [&>button]:underline [&>button]:underline-offset-4",
        outside: "text-muted-foreground",
        disabled: "opacity-50",
        hidden: "invisible",
        ...classNames,
      }}
      components={{
        Chevron: ({ orientation = "left" }) => {
          const Icon = icons[orientation];
          return <Icon aria-hidden className="size-4" />;
        },
      }}
      {...props}
    />
  );
}
