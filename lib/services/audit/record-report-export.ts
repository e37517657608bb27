import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import type { CompanyScope } from "../access/read-access";
import type { AuditActor } from "./actor";

/** Of more companies at once the portal's own trail alone tells. */
const MOST_COMPANIES = 50;
/** What an export of several companies may tell each of them: no filter, which could name another one's. */
const NAMELESS_PARAMETERS = ["range", "from", "to", "tz", "columns", "sort"];
const FILTER_LENGTH = 500;

export interface ReportExport {
  report: string;
  format: string;
  /** The query string, which says filters and columns. */
  query: string;
  /** Where it is known before the file is written. */
  rowCount?: number | undefined;
  /** A list of the portal, which has more than the rows of companies: its own trail holds the whole in any case. */
  isOfPortal?: boolean;
}

/**
 * Notes that a report leaves the portal as a file, in the trail of each company whose rows may be in it. Where these
 * are several, the portal's own trail holds the whole, and each company's only what concerns every one of them.
 */
export async function recordReportExport(
  audit: AuditActor,
  scope: CompanyScope,
  { report, format, query, rowCount, isOfPortal = false }: ReportExport,
): Promise<void> {
  const { companyIds } = scope;
  const isOfOne = companyIds.length === 1 && !isOfPortal;
  const file = { report, format };
  const whole = {
    ...file,
    filters: query.slice(0, FILTER_LENGTH),
    ...(rowCount !== undefined && { rowCount }),
    ...(!isOfOne && { companies: companyIds.length }),
  };
  const share = { ...file, filters: namelessPart(query) };
  const told = companyIds.length > MOST_COMPANIES ? [] : companyIds;
  await database().transaction(async (tx) => {
    for (const companyId of isOfOne ? told : [null, ...told]) {
      await insertAuditRow(tx, {
        ...audit,
        companyId,
        action: "report.export",
        targetType: "report",
        targetId: report,
        after: isOfOne || companyId === null ? whole : share,
      });
    }
  });
}

function namelessPart(query: string): string {
  const given = [...new URLSearchParams(query)].filter(([name]) => NAMELESS_PARAMETERS.includes(name));
  return new URLSearchParams(given).toString().slice(0, FILTER_LENGTH);
}
