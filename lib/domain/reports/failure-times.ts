import { z } from "zod";
import { instantColumn, integerColumn } from "./columns";
import type { Report } from "./report";
import { failureFilterShape, reportQueryShape } from "./report-query";
import type { BucketUnit } from "./time-buckets";

export const failureTimesQuery = z.object({
  ...reportQueryShape,
  ...failureFilterShape,
  bucket: z.enum(["hour", "day"]).optional().meta({
    description:
      "A row for each hour or each day. By default, hours for ranges up to three days, and days for longer ones.",
  }),
});
export type FailureTimesQuery = z.output<typeof failureTimesQuery>;

/** An hour or a day of the report's zone, or the part of it in the range; epoch milliseconds. */
export interface FailureTimeRow {
  unit: BucketUnit;
  from: number;
  to: number;
  failures: number;
  lockouts: number;
}

export const failureTimesReport: Report<FailureTimesQuery, FailureTimeRow> = {
  name: "failure-times",
  title: "reports.failureTimesTitle",
  apiSummary:
    "Failed logons and lockouts by hour or day in the report's time zone, oldest first, without gaps.",
  query: failureTimesQuery,
  columns: () => [
    instantColumn("from", "reportColumns.from", (row) => row.from),
    instantColumn("to", "reportColumns.to", (row) => row.to),
    integerColumn("failures", "reportColumns.failedLogons", (row) => row.failures),
    integerColumn("lockouts", "reportColumns.lockouts", (row) => row.lockouts),
  ],
};
