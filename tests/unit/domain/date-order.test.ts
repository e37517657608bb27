import { afterEach, expect, it, test } from "vitest";
import { formatDate, formatDateTime, formatDay, formatLocalDay } from "@/components/time/format";
import { dateOrderOf, type DateOrder } from "@/lib/domain/date-order";
import { tellDateOrder } from "@/lib/reader-dates";

afterEach(() => tellDateOrder(() => undefined));

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
  tellDateOrder(() => order);
  expect(formatDate(AT, "UTC")).toBe(date);
  expect(formatDateTime(AT, "UTC")).toBe(dateTime);
  expect(formatDay(AT, "UTC")).toBe(day);
  expect(formatLocalDay("2025-05-25")).toBe(localDay);
});

it("writes the day first where nobody asks", () => {
  expect(formatDate(AT, "UTC")).toBe("25 May 2025");
});
