import type { Text, TextKey } from "../text";

const WEEKDAY_TEXT: readonly TextKey[] = [
  "reports.monday",
  "reports.tuesday",
  "reports.wednesday",
  "reports.thursday",
  "reports.friday",
  "reports.saturday",
  "reports.sunday",
];

/** The name of a weekday, 0 being Monday. */
export function weekdayText(weekday: number): Text {
  return { key: WEEKDAY_TEXT[weekday]! };
}
