import { WEEKDAYS } from "../hour-of-week";
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
    { id: "weekday", header: "Weekday", kind: "text", value: ({ weekday }) => WEEKDAYS[weekday] },
    { id: "hour", header: "Hour", kind: "integer", value: (row) => row.hour },
    { id: "logons", header: "Logons", kind: "integer", value: (row) => row.logons },
  ],
};
