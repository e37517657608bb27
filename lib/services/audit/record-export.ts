import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { auditScopeOf, type AuditView } from "./read-audit";

/** Of more companies at once the portal's own trail alone tells. */
const MOST_COMPANIES = 50;

/**
 * Notes that a trail is exported as a file of the format, and under which filters, a query string: in the trail of each
 * company whose rows may be in it, or in the portal's own. Of several companies none is told the filters, which could name another one's people.
 *
 * @throws AccessDenied `forbidden`.
 */
export async function recordExport(view: AuditView, format: string, query: string): Promise<void> {
  const scope = auditScopeOf(view);
  const filter = query.slice(0, 500);
  const { audit } = "context" in view ? view.context : view.companies;
  const companyIds = scope?.companyIds ?? [];
  const told = companyIds.length === 0 || companyIds.length > MOST_COMPANIES ? [null] : companyIds;
  const hasOneReader = told.length === 1;
  await database().transaction(async (tx) => {
    for (const companyId of told) {
      await insertAuditRow(tx, {
        ...audit,
        companyId,
        action: "audit.export",
        after: { format, filter: hasOneReader ? filter : "" },
      });
    }
  });
}
