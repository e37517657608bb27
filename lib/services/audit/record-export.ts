import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { assertCan } from "../access/denied";
import type { AuditView } from "./read-audit";

/** Notes that the trail is exported, and under which filters. @throws AccessDenied `forbidden`. */
export async function recordExport(view: AuditView, filter: string): Promise<void> {
  const context = "company" in view ? view.company : view.context;
  const companyId = "company" in view ? view.company.scope.companyId : null;
  if (companyId === null) assertCan(context.actor, "audit:read-all");
  else assertCan(context.actor, "audit:read-company", { companyId });
  await database().transaction((tx) =>
    insertAuditRow(tx, {
      ...context.audit,
      companyId,
      action: "audit.export",
      outcome: "success",
      after: { filter: filter.slice(0, 500) },
    }),
  );
}
