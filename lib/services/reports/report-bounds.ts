import type { ReportRange } from "@/lib/domain/reports/report-range";
import { timeBuckets, type BucketUnit, type TimeBucket } from "@/lib/domain/reports/time-buckets";
import type { Text } from "@/lib/domain/text";
import type { IanaZone } from "@/lib/domain/zones";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** Spans of time are kept of events, some ten bytes each, until they have become rows. */
const EVENTS_PER_ROW = 50;

/** @throws AppError `invalid` in words for more rows than a report may hold in memory. */
export function assertRowsFit(rowCount: number): void {
  const most = env().REPORT_MOST_ROWS;
  if (rowCount > most) throw tooLarge({ key: "reports.rowsCount", values: { count: most } });
}

/** Rows to ask the database for: one more than may be held, so that too many are noticed. */
export function mostRowsToRead(): number {
  return env().REPORT_MOST_ROWS + 1;
}

/**
 * The hours or days of a range, each of which is a row.
 *
 * @throws AppError `invalid` in words for more than a report may hold, before they are all looked for.
 */
export function bucketsThatFit(range: ReportRange, zone: IanaZone, unit: BucketUnit): TimeBucket[] {
  const most = env().REPORT_MOST_ROWS;
  const buckets = timeBuckets(range, zone, unit, most);
  if (buckets === null) throw tooLarge({ key: "reports.rowsCount", values: { count: most } });
  return buckets;
}

/** The days of a range, a number for each of which stands in so many rows; null where those are more than may be held. */
export function daysIfTheyFit(range: ReportRange, zone: IanaZone, rows: number): TimeBucket[] | null {
  return timeBuckets(range, zone, "day", Math.floor(env().REPORT_MOST_ROWS / Math.max(rows, 1)));
}

/** @throws AppError `invalid` in words for more events than a report may be counted from. */
export function assertEventsFit(eventCount: number): void {
  const most = env().REPORT_MOST_ROWS * EVENTS_PER_ROW;
  if (eventCount > most) throw tooLarge({ key: "reports.eventsCount", values: { count: most } });
}

function tooLarge(bound: Text): AppError {
  const message: Text = { key: "reports.tooLarge", values: { bound } };
  return new AppError("invalid", message, [{ field: "range", message }]);
}
