import type { ReportQuery } from "@/lib/domain/reports/report-query";

/** Whether the query names a range: lists of what there is are not held to one by default. */
export function hasOwnRange({ range, from, to }: ReportQuery): boolean {
  return range !== undefined || from !== undefined || to !== undefined;
}
