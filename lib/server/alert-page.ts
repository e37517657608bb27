import { alertsQuery, type AlertsQuery } from "@/lib/domain/reports/alerts-query";
import { resolveReportRange, type ReportRange } from "@/lib/domain/reports/report-range";
import { readScreenQuery } from "@/lib/domain/reports/screen-query";
import { ianaZone } from "@/lib/domain/zones";
import type { SearchParams } from "./search-params";

export interface AlertsAsk {
  query: AlertsQuery;
  /** Epoch milliseconds; null for all. */
  range: ReportRange | null;
  /** Names of the parameters that made no sense and are left out. */
  ignored: string[];
}

/** What a screen's address asks of the list of alerts; `now` in epoch milliseconds. Never throws. */
export function readAlertsAsk(params: SearchParams, viewZone: string, now: number): AlertsAsk {
  const { query, ignored } = readScreenQuery(alertsQuery, params);
  const { range, from, to, tz } = query;
  if (range === undefined && from === undefined && to === undefined) return { query, range: null, ignored };
  const resolved = resolveReportRange(query, now, ianaZone(tz ?? viewZone));
  if (resolved) return { query, range: resolved, ignored };
  const again = readAlertsAsk({ ...params, from: undefined, to: undefined }, viewZone, now);
  return { ...again, ignored: [...ignored, "from", "to"] };
}
