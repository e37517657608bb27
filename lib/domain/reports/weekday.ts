import type { Text, TextKey } from "../text";

const WEEKDAY_TEXT: readonly TextKey[] = [
  "calendar.monday",
  "calendar.tuesday",
  "calendar.wednesday",
  "calendar.thursday",
  "calendar.friday",
  "calendar.saturday",
  "calendar.sunday",
];

/** The name of a weekday, 0 being Monday. */
export function weekdayText(weekday: number): Text {
  return { key: WEEKDAY_TEXT[weekday]! };
}
