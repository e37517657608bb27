import type { StatedReason } from "@/db/queries/events/failed-sql";
import { countFailures, listStatedReasons, type WordedReason } from "@/db/queries/reports/failures";
import { countByQuarter } from "@/db/queries/reports/quarter-counts";
import { readWithin } from "@/db/scope";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import { reasonName, reasonText } from "@/lib/domain/failure-reasons";
import { FAILURE_COLUMNS, type FailureRow } from "@/lib/domain/reports/failure-columns";
import type { FailuresQuery } from "@/lib/domain/reports/failures";
import type { FailureTimeRow, FailureTimesQuery } from "@/lib/domain/reports/failure-times";
import { rowOrder } from "@/lib/domain/reports/sort-rows";
import { bucketAt, bucketUnitFor } from "@/lib/domain/reports/time-buckets";
import { inEnglish } from "@/lib/english";
import { assertRowsFit, bucketsThatFit, mostRowsToRead } from "./report-bounds";
import { resolveReportMatch } from "./report-match";
import type { ReportService } from "../tables/register-report";
import { sortInTurns } from "./sort-in-turns";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";

const FAILURES = ["logon_failed", "lockout"] as const;

/** Most failures first, then the latest, then by name; another order begins with what it asks for. */
export const readFailures = (async (scope, ask) => {
  const rows = await readWithin(
    scope,
    async (tx) => {
      const match = await resolveReportMatch(tx, scope, ask, FAILURES);
      const stated = await listStatedReasons(tx, match);
      const reasons = stated.map(nameReason);
      return reasons.length === 0
        ? []
        : countFailures(tx, match, ask.query.group_by, reasons, mostRowsToRead());
    },
    ask.signal,
  );
  assertRowsFit(rows.length);
  const order = rowOrder(ask.query.sort, FAILURE_COLUMNS);
  return order === null ? rows : sortInTurns(rows, order, new TakeTurns(TURN_MILLISECONDS, ask.signal));
}) satisfies ReportService<FailuresQuery, FailureRow>;

function nameReason(stated: StatedReason): WordedReason {
  const name = reasonName(stated.kind === KIND_CODE.lockout, stated.status, stated.subStatus);
  return { ...stated, name, words: inEnglish(reasonText(name)) };
}

/** Hours or days of the report's zone, oldest first, also those without failures. */
export const readFailureTimes = (async (scope, ask) => {
  const { query, range, zone } = ask;
  const unit = query.bucket ?? bucketUnitFor(range, zone);
  const rows = bucketsThatFit(range, zone, unit).map((bucket) => ({
    ...bucket,
    unit,
    failures: 0,
    lockouts: 0,
  }));
  const quarters = await readWithin(
    scope,
    async (tx) => countByQuarter(tx, await resolveReportMatch(tx, scope, ask, FAILURES)),
    ask.signal,
  );
  for (const { at, kind, count } of quarters) {
    // The range may begin within a quarter of an hour; what is counted there lies in the first bucket.
    const row = rows[bucketAt(rows, Math.max(at, range.from))]!;
    if (kind === KIND_CODE.lockout) row.lockouts += count;
    else row.failures += count;
  }
  return rows;
}) satisfies ReportService<FailureTimesQuery, FailureTimeRow>;
