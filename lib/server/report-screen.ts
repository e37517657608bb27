import type { ReportAsk } from "@/lib/domain/reports/report";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { resolveReportRange } from "@/lib/domain/reports/report-range";
import type { z } from "zod";
import { ianaZone } from "@/lib/domain/zones";
import { textParam, type SearchParams } from "./search-params";

export interface ScreenAsk<Query extends ReportQuery> {
  ask: ReportAsk<Query>;
  /** What was left out because it made no sense, such as `health=well`. */
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
  const ignored: string[] = [];
  const given: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const text = textParam(params, name);
    if (text === "") continue;
    if (schema.safeParse({ [name]: text }).success) given[name] = text;
    else ignored.push(`${name}=${text.slice(0, 40)}`);
  }
  const query = schema.parse(given);
  const zone = ianaZone(query.tz ?? viewZone);
  const range = resolveReportRange(query, now, zone);
  if (range) return { ask: { query, range, zone, now }, ignored };
  const { from, to, ...rest } = given;
  const whole = schema.parse(rest);
  return {
    ask: { query: whole, range: resolveReportRange(whole, now, zone)!, zone, now },
    ignored: [...ignored, `from=${from ?? ""}`, `to=${to ?? ""}`],
  };
}
