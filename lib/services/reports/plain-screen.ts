import type { CompanyScope } from "@/db/scope";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { numberedPage, type NumberedPage } from "./row-page";
import { readSurroundings, type ScreenSurroundings } from "./screen-surroundings";

/** What a screen shows that is nothing but its report's rows. */
export interface PlainScreen<Row> extends NumberedPage<Row>, ScreenSurroundings {}

/** Makes what reads such a screen; `page` is the number that the address names, if any. */
export function plainScreen<Query extends ReportQuery, Row>(
  service: (scope: CompanyScope, ask: ReportAsk<Query>) => Promise<readonly Row[]>,
) {
  return async (scope: CompanyScope, ask: ReportAsk<Query>, page: string): Promise<PlainScreen<Row>> => {
    const [rows, surroundings] = await Promise.all([service(scope, ask), readSurroundings(scope, ask.query)]);
    return { ...numberedPage(rows, page), ...surroundings };
  };
}
