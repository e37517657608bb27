import type { CompanyScope } from "@/db/scope";
import type { FailureBurstRow } from "@/lib/domain/reports/failure-bursts";
import type { FailureTimeRow } from "@/lib/domain/reports/failure-times";
import type { FailureRow } from "@/lib/domain/reports/failure-columns";
import type { FailuresQuery } from "@/lib/domain/reports/failures";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { readFailureBursts } from "./failure-bursts";
import { readFailures, readFailureTimes } from "./failures";
import { numberedPage, type NumberedPage } from "./row-page";
import { readSurroundings, type ScreenSurroundings } from "./screen-surroundings";

/** Bars a chart can show apart from one another; a longer range shows the last ones. */
const MOST_BARS = 92;
/** More stand in the export. */
const MOST_BURSTS = 50;

export interface FailuresScreen extends NumberedPage<FailureRow>, ScreenSurroundings {
  /** Of all rows, not only the page. */
  totals: { failures: number; lockouts: number };
  /** Oldest first, without gaps. */
  times: FailureTimeRow[];
  /** The chart lacks the beginning of the range. */
  isChartCut: boolean;
  /** The first of the report, in its order. */
  bursts: FailureBurstRow[];
  burstCount: number;
  successCount: number;
}

/** All the Failed logons screen shows; `page` is the number that the address names, if any. */
export async function readFailuresScreen(
  scope: CompanyScope,
  ask: ReportAsk<FailuresQuery>,
  page: string,
): Promise<FailuresScreen> {
  const [rows, times, bursts, surroundings] = await Promise.all([
    readFailures(scope, ask),
    readFailureTimes(scope, ask),
    readFailureBursts(scope, ask),
    readSurroundings(scope, ask.query),
  ]);
  return {
    ...numberedPage(rows, page),
    ...surroundings,
    totals: {
      failures: rows.reduce((sum, row) => sum + row.failures, 0),
      lockouts: rows.reduce((sum, row) => sum + row.lockouts, 0),
    },
    ...chartOf(times, ask.now),
    bursts: bursts.slice(0, MOST_BURSTS),
    burstCount: bursts.length,
    successCount: bursts.filter(({ success }) => success !== null).length,
  };
}

/** What the chart has room for. A longer range that ends in the future, of which there is nothing to show, ends with now. */
function chartOf(
  times: readonly FailureTimeRow[],
  now: number,
): Pick<FailuresScreen, "times" | "isChartCut"> {
  if (times.length <= MOST_BARS) return { times: [...times], isChartCut: false };
  const last = times.findLastIndex(({ from, failures, lockouts }) => from <= now || failures + lockouts > 0);
  const shown = last < 0 ? times : times.slice(0, last + 1);
  return { times: shown.slice(-MOST_BARS), isChartCut: shown.length > MOST_BARS };
}
