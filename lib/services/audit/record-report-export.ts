import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import type { CompanyScope } from "../access/read-access";
import type { AuditActor } from "./actor";

/** Of more companies at once the portal's own trail alone tells. */
const MOST_COMPANIES = 50;
const FILTER_LENGTH = 500;

export interface ReportExport {
  report: string;
  format: string;
  /** The query string, which says filters and columns. */
  query: string;
  /** Where it is known before the file is written. */
  rowCount?: number;
}

/** Notes that a report leaves the portal as a file, in the trail of each company whose rows may be in it. */
export async function recordReportExport(
  audit: AuditActor,
  scope: CompanyScope,
  { report, format, query, rowCount }: ReportExport,
): Promise<void> {
  const { companyIds } = scope;
  const trails: (number | null)[] = companyIds.length > MOST_COMPANIES ? [null] : [...companyIds];
  const after = {
    report,
    format,
    filters: query.slice(0, FILTER_LENGTH),
    ...(rowCount !== undefined && { rowCount }),
  };
  await database().transaction(async (tx) => {
    for (const companyId of trails) {
      await insertAuditRow(tx, {
        ...audit,
        companyId,
        action: "report.export",
        outcome: "success",
        targetType: "report",
        targetId: report,
        after: companyIds.length > 1 ? { ...after, companies: companyIds.length } : after,
      });
    }
  });
}
