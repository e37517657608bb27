import { z } from "zod";
import { instantColumn, integerColumn } from "./columns";
import type { Report } from "./report";
import { failureFilterShape, reportQueryShape } from "./report-query";
import type { BucketUnit } from "./time-buckets";

export const failureTimesQuery = z.object({
  ...reportQueryShape,
  ...failureFilterShape,
  bucket: z.enum(["hour", "day"]).optional().meta({
    description: "A row for each hour or each day; by default hours up to three days, and days beyond.",
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
  title: "Failed logons over time",
  summary: "Failed logons and lockouts by hour or day of the report's time zone, oldest first, without gaps.",
  query: failureTimesQuery,
  columns: () => [
    instantColumn("from", "From", (row) => row.from),
    instantColumn("to", "To", (row) => row.to),
    integerColumn("failures", "Failed logons", (row) => row.failures),
    integerColumn("lockouts", "Lockouts", (row) => row.lockouts),
  ],
};
