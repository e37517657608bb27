import type { AuditRow } from "@/db/queries/audit/insert-audit-row";
import type { CompanyContext } from "../context";

/** The audit row of something done with a thing of the company. */
export function companyAudit(
  { audit, scope }: Pick<CompanyContext, "audit" | "scope">,
  action: string,
  targetType: string,
  { id, name }: { id: number | string; name?: string | null },
): AuditRow {
  return {
    ...audit,
    companyId: scope.companyId,
    action,
    targetType,
    targetId: id,
    targetName: name ?? undefined,
  };
}
