import type { Text, TextKey } from "../text";
import type { ReportSchedule } from "./schedule";

/** What is sent: a file, or the figures in the mail itself. */
export const SCHEDULE_FORMATS = ["xlsx", "pdf", "csv", "summary"] as const;
export type ScheduleFormat = (typeof SCHEDULE_FORMATS)[number];

export const SCHEDULE_FORMAT_TEXT: Readonly<Record<ScheduleFormat, TextKey>> = {
  xlsx: "schedules.formatXlsx",
  pdf: "schedules.formatPdf",
  csv: "schedules.formatCsv",
  summary: "schedules.formatSummary",
};

/** Monday first. */
export const WEEKDAY_TEXTS: readonly TextKey[] = [
  "schedules.monday",
  "schedules.tuesday",
  "schedules.wednesday",
  "schedules.thursday",
  "schedules.friday",
  "schedules.saturday",
  "schedules.sunday",
];

/** `07:30`. */
export function clockText({ hour, minute }: Pick<ReportSchedule, "hour" | "minute">): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** "Every Monday at 07:30", on the clocks of the company's zone. */
export function scheduleWords(schedule: ReportSchedule): Text {
  const time = clockText(schedule);
  if (schedule.kind === "daily") return { key: "schedules.everyDay", values: { time } };
  if (schedule.kind === "weekly") {
    const weekday = { key: WEEKDAY_TEXTS[schedule.weekday - 1]! };
    return { key: "schedules.everyWeek", values: { weekday, time } };
  }
  const { day } = schedule;
  return day === "last"
    ? { key: "schedules.everyMonthEnd", values: { time } }
    : { key: "schedules.everyMonth", values: { day, time } };
}
