import type { ReportAsk } from "@/lib/domain/reports/report";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { resolveReportRange } from "@/lib/domain/reports/report-range";
import { readScreenQuery } from "@/lib/domain/reports/screen-query";
import type { z } from "zod";
import { ianaZone } from "@/lib/domain/zones";
import type { SearchParams } from "./search-params";

export interface ScreenAsk<Query extends ReportQuery> {
  ask: ReportAsk<Query>;
  /** Names of the parameters that made no sense and are left out. */
  ignored: string[];
}

/**
 * Reads a report's query from a screen's address, which carries the read API's parameters; `now` in epoch milliseconds.
 *
 * Never throws: where the API would answer 400, a screen leaves the parameter out and says so.
 */
export function readScreenAsk<Query extends ReportQuery>(
  schema: z.ZodObject & z.ZodType<Query>,
  params: SearchParams,
  viewZone: string,
  now: number,
): ScreenAsk<Query> {
  const { query, ignored } = readScreenQuery(schema, params) as { query: Query; ignored: string[] };
  const zone = ianaZone(query.tz ?? viewZone);
  const range = resolveReportRange(query, now, zone);
  if (range) return { ask: { query, range, zone, now }, ignored };
  const again = readScreenAsk(schema, { ...params, from: undefined, to: undefined }, viewZone, now);
  return { ...again, ignored: [...ignored, "from", "to"] };
}
