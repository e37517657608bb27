import { countFailures, listStatedReasons, type StatedReason } from "@/db/queries/reports/failures";
import { countByQuarter } from "@/db/queries/reports/quarter-counts";
import { readWithin } from "@/db/scope";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import { failureReason } from "@/lib/domain/failure-reasons";
import type { FailureRow, FailuresQuery } from "@/lib/domain/reports/failures";
import type { FailureTimeRow, FailureTimesQuery } from "@/lib/domain/reports/failure-times";
import { bucketAt, bucketUnitFor, timeBuckets } from "@/lib/domain/reports/time-buckets";
import { resolveReportMatch } from "./report-match";
import type { ReportService } from "./report-service";

const FAILURES = ["logon_failed", "lockout"] as const;

/** Most failures first, then the latest, then by name. */
export const readFailures = ((scope, ask) =>
  readWithin(scope, async (tx) => {
    const match = await resolveReportMatch(tx, scope, ask, FAILURES);
    const stated = await listStatedReasons(tx, match);
    const reasons = stated.map((reason) => ({ ...reason, words: reasonWords(reason) }));
    return reasons.length === 0 ? [] : countFailures(tx, match, ask.query.group_by, reasons);
  })) satisfies ReportService<FailuresQuery, FailureRow>;

function reasonWords({ kind, status, subStatus }: StatedReason): string {
  const words = failureReason(status, subStatus);
  return words ?? (kind === KIND_CODE.lockout ? "The account was locked out" : "No reason was given");
}

/** Hours or days of the report's zone, oldest first, also those without failures. */
export const readFailureTimes = (async (scope, ask) => {
  const { query, range, zone } = ask;
  const quarters = await readWithin(scope, async (tx) =>
    countByQuarter(tx, await resolveReportMatch(tx, scope, ask, FAILURES)),
  );
  const unit = query.bucket ?? bucketUnitFor(range);
  const rows = timeBuckets(range, zone, unit).map((bucket) => ({
    ...bucket,
    unit,
    failures: 0,
    lockouts: 0,
  }));
  for (const { at, kind, count } of quarters) {
    // The range may begin within a quarter of an hour; what is counted there lies in the first bucket.
    const row = rows[bucketAt(rows, Math.max(at, range.from))]!;
    if (kind === KIND_CODE.lockout) row.lockouts += count;
    else row.failures += count;
  }
  return rows;
}) satisfies ReportService<FailureTimesQuery, FailureTimeRow>;
