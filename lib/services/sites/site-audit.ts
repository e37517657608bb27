import type { AuditRow } from "@/db/queries/audit/insert-audit-row";
import type { CompanyContext } from "../context";

/** The audit row of a change to a site. */
export function siteAudit(
  { audit, scope }: CompanyContext,
  action: string,
  site: { id: number; name: string },
): AuditRow {
  return {
    ...audit,
    companyId: scope.companyId,
    action,
    outcome: "success",
    targetType: "site",
    targetId: site.id,
    targetName: site.name,
  };
}

/** The audit row of a change to an API key, which is named by its id and description: never by its digits. */
export function keyAudit(
  { audit, scope }: CompanyContext,
  action: string,
  key: { id: number; description: string | null },
): AuditRow {
  return {
    ...audit,
    companyId: scope.companyId,
    action,
    outcome: "success",
    targetType: "api-key",
    targetId: key.id,
    targetName: key.description ?? undefined,
  };
}
