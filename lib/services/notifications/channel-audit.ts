import type { AuditRow } from "@/db/queries/audit/insert-audit-row";
import { PORTAL_ID } from "@/db/scope";
import type { CompanyContext } from "../context";

/** The audit row of a change to a channel, which is named by its id and name: never by its address or secret. */
export function channelAudit(
  { audit, scope }: Pick<CompanyContext, "audit" | "scope">,
  action: string,
  { id, name }: { id: number; name: string },
): AuditRow {
  return {
    ...audit,
    companyId: scope.companyId === PORTAL_ID ? null : scope.companyId,
    action,
    outcome: "success",
    targetType: "channel",
    targetId: id,
    targetName: name,
  };
}
