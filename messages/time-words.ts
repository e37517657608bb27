import type { Locale } from "@/lib/domain/locales";

/** One and several of a unit. */
type Counted = readonly [one: string, several: string];

/** How times are written, which server and browser must agree on to the letter; their own language data differ. */
export interface TimeWords {
  months: readonly string[];
  /** From Sunday. */
  weekdays: readonly string[];
  /** A day of a month where the day goes first. */
  day: (day: number, month: string) => string;
  hours: string;
  minutes: string;
  seconds: string;
  justNow: string;
  ago: (count: string) => string;
  ahead: (count: string) => string;
  /** In "2 days ago" and "in 2 days". */
  distance: TimeUnits;
  /** By itself: "2 days". */
  age: TimeUnits;
}

export type TimeUnit = "minute" | "hour" | "day" | "month" | "year";
type TimeUnits = Readonly<Record<TimeUnit, Counted>>;

const ENGLISH_UNITS: TimeUnits = {
  minute: ["min", "min"],
  hour: ["h", "h"],
  day: ["day", "days"],
  month: ["month", "months"],
  year: ["year", "years"],
};

const GERMAN_UNITS: TimeUnits = {
  minute: ["Min.", "Min."],
  hour: ["Std.", "Std."],
  day: ["Tag", "Tage"],
  month: ["Monat", "Monate"],
  year: ["Jahr", "Jahre"],
};

export const TIME_WORDS: Readonly<Record<Locale, TimeWords>> = {
  en: {
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
    day: (day, month) => `${day} ${month}`,
    hours: "h",
    minutes: "min",
    seconds: "s",
    justNow: "just now",
    ago: (count) => `${count} ago`,
    ahead: (count) => `in ${count}`,
    distance: ENGLISH_UNITS,
    age: ENGLISH_UNITS,
  },
  de: {
    months: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    weekdays: ["So.", "Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa."],
    day: (day, month) => `${day}. ${month}`,
    hours: "Std.",
    minutes: "Min.",
    seconds: "Sek.",
    justNow: "gerade eben",
    ago: (count) => `vor ${count}`,
    ahead: (count) => `in ${count}`,
    distance: {
      ...GERMAN_UNITS,
      day: ["Tag", "Tagen"],
      month: ["Monat", "Monaten"],
      year: ["Jahr", "Jahren"],
    },
    age: GERMAN_UNITS,
  },
};
