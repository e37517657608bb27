import { afterEach, expect, it, test } from "vitest";
import {
  formatAge,
  formatDate,
  formatDateTime,
  formatDay,
  formatDuration,
  formatLocalDay,
  formatRelative,
} from "@/components/time/format";
import { formatNumber } from "@/components/ui/format-number";
import { dateOrderOf, paperOf, type DateOrder } from "@/lib/domain/date-order";
import { tellReader } from "@/lib/reader";

afterEach(() => tellReader(() => undefined));

test.each([
  ["en-US,en;q=0.9", "mdy"],
  ["en-GB,en;q=0.9", "dmy"],
  ["de", "dmy"],
  ["sv-SE", "ymd"],
  ["ja", "ymd"],
  ["", "dmy"],
  [undefined, "dmy"],
  ["*", "dmy"],
  ["not a language, at all", "dmy"],
] as const)("who asks for %s reads dates as %s", (language, order) => {
  expect(dateOrderOf(language)).toBe(order);
});

const AT = Date.UTC(2025, 4, 25, 14, 30, 5);

test.each([
  ["dmy", "25 May 2025", "25 May 2025, 14:30:05", "Sun 25 May", "Sun 25 May 2025"],
  ["mdy", "May 25, 2025", "May 25, 2025, 14:30:05", "Sun, May 25", "Sun, May 25, 2025"],
  ["ymd", "2025-05-25", "2025-05-25 14:30:05", "Sun 05-25", "Sun 2025-05-25"],
] as const)("writes dates in the order %s", (order: DateOrder, date, dateTime, day, localDay) => {
  tellReader(() => ({ dateOrder: order }));
  expect(formatDate(AT, "UTC")).toBe(date);
  expect(formatDateTime(AT, "UTC")).toBe(dateTime);
  expect(formatDay(AT, "UTC")).toBe(day);
  expect(formatLocalDay("2025-05-25")).toBe(localDay);
});

it("writes the day first where nobody asks", () => {
  expect(formatDate(AT, "UTC")).toBe("25 May 2025");
});

it("writes German dates as Germans do, whatever order the browser asks for", () => {
  tellReader(() => ({ locale: "de", dateOrder: "mdy" }));
  expect(formatDateTime(AT, "UTC")).toBe("25. Mai 2025, 14:30:05");
  expect(formatDay(AT, "UTC")).toBe("So. 25. Mai");
  expect(formatLocalDay("2025-03-01")).toBe("Sa. 1. März 2025");
});

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

test.each([
  [0, "just now", "gerade eben", "1 min", "1 Min."],
  [3 * MINUTE, "3 min ago", "vor 3 Min.", "3 min", "3 Min."],
  [-7 * MINUTE, "in 7 min", "in 7 Min.", "1 min", "1 Min."],
  [DAY, "1 day ago", "vor 1 Tag", "1 day", "1 Tag"],
  [2 * DAY, "2 days ago", "vor 2 Tagen", "2 days", "2 Tage"],
  [90 * DAY, "2 months ago", "vor 2 Monaten", "2 months", "2 Monate"],
  [800 * DAY, "2 years ago", "vor 2 Jahren", "2 years", "2 Jahre"],
])("%i ms ago in both languages", (before, english, german, age, germanAge) => {
  expect(formatRelative(AT - before, AT)).toBe(english);
  expect(formatAge(AT - before, AT)).toBe(age);
  tellReader(() => ({ locale: "de" }));
  expect(formatRelative(AT - before, AT)).toBe(german);
  expect(formatAge(AT - before, AT)).toBe(germanAge);
});

it("writes durations and numbers in both languages", () => {
  const seconds = 1_234 * 3_600 + 32 * 60;
  expect([formatDuration(seconds), formatDuration(45), formatNumber(12_345.6, 1)]).toEqual([
    "1,234 h 32 min",
    "45 s",
    "12,345.6",
  ]);
  tellReader(() => ({ locale: "de" }));
  expect([formatDuration(seconds), formatDuration(45), formatNumber(12_345.6, 1)]).toEqual([
    "1.234 Std. 32 Min.",
    "45 Sek.",
    "12.345,6",
  ]);
});

test.each([
  ["en-US,en;q=0.9", "letter"],
  ["es-MX", "letter"],
  ["zh-Hant-US", "letter"],
  ["fr-CA;q=0.8, de-DE", "letter"],
  ["en-GB", "a4"],
  ["en", "a4"],
  ["de-DE,en-US;q=0.5", "a4"],
  ["us", "a4"],
  ["", "a4"],
  [undefined, "a4"],
])("who asks for %s prints on %s", (language, paper) => {
  expect(paperOf(language)).toBe(paper);
});
