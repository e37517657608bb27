import { timestamp } from "drizzle-orm/pg-core";

/** An instant with millisecond precision, read and written as a Date; finer digits would not survive a cursor. */
export function instant(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
}
