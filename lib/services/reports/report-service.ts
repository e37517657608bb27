import type { ReportAsk } from "@/lib/domain/reports/report";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import type { CompanyScope } from "../access/read-access";

/**
 * Gives a report's rows in the report's order: all at once, or batch by batch where they may be many (a batch of
 * no more than some thousand rows, so that writing one keeps nobody waiting).
 */
export type ReportService<Query extends ReportQuery, Row> = (
  scope: CompanyScope,
  ask: ReportAsk<Query>,
) => AsyncIterable<readonly Row[]> | Promise<readonly Row[]>;
