import { WEEKDAYS } from "../hour-of-week";
import type { ReportSchedule } from "./schedule";

/** What is sent: a file, or the figures in the mail itself. */
export const SCHEDULE_FORMATS = ["xlsx", "pdf", "csv", "summary"] as const;
export type ScheduleFormat = (typeof SCHEDULE_FORMATS)[number];

export const SCHEDULE_FORMAT_LABEL: Readonly<Record<ScheduleFormat, string>> = {
  xlsx: "Excel file (XLSX)",
  pdf: "PDF",
  csv: "CSV file",
  summary: "Summary in the mail",
};

/** `07:30`. */
export function clockText({ hour, minute }: Pick<ReportSchedule, "hour" | "minute">): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** "Every Monday at 07:30", on the clocks of the company's zone. */
export function scheduleWords(schedule: ReportSchedule): string {
  const at = `at ${clockText(schedule)}`;
  if (schedule.kind === "daily") return `Every day ${at}`;
  if (schedule.kind === "weekly") return `Every ${WEEKDAYS[schedule.weekday - 1]} ${at}`;
  return schedule.day === "last"
    ? `On the last day of every month ${at}`
    : `On day ${schedule.day} of every month ${at}`;
}
