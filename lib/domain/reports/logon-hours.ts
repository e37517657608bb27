import { weekdayText } from "./weekday";
import { integerColumn, textColumn } from "./columns";
import type { Report } from "./report";
import { reportQuery, type ReportQuery } from "./report-query";

/** How many logons, unlocks and remote connects the clocks of the report's zone showed in an hour of the week. */
export interface LogonHourRow {
  /** 0 is Monday. */
  weekday: number;
  hour: number;
  logons: number;
}

export const logonHoursReport: Report<ReportQuery, LogonHourRow> = {
  name: "logon-hours",
  title: "reports.logonHoursTitle",
  apiSummary:
    "Logons, unlocks, and remote connects by weekday and hour in the report's time zone. Always 168 rows, starting with Monday 00:00.",
  query: reportQuery,
  columns: () => [
    textColumn("weekday", "reports.weekday", ({ weekday }) => weekdayText(weekday)),
    integerColumn("hour", "reports.hour", (row) => row.hour),
    integerColumn("logons", "reportColumns.logons", (row) => row.logons),
  ],
};
