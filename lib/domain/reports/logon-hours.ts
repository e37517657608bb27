import { WEEKDAYS } from "../hour-of-week";
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
  title: "Logons by hour of the week",
  summary:
    "Logons, unlocks and remote connects by weekday and hour in the report's time zone: always 168 rows, Monday 00:00 first.",
  query: reportQuery,
  columns: () => [
    textColumn("weekday", "Weekday", ({ weekday }) => WEEKDAYS[weekday]),
    integerColumn("hour", "Hour", (row) => row.hour),
    integerColumn("logons", "Logons", (row) => row.logons),
  ],
};
