import type { AuditRow } from "@/db/queries/audit/insert-audit-row";
import { companyAudit } from "../audit/company-audit";
import type { CompanyContext } from "../context";

/** The audit row of a change to an API key, which is named by its id and description: never by its digits. */
export function keyAudit(
  context: CompanyContext,
  action: string,
  { id, description }: { id: number; description: string | null },
): AuditRow {
  return companyAudit(context, action, "api-key", { id, name: description });
}
