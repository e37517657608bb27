import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockCompany, updateCompany } from "@/db/queries/companies/company";
import { writeWithin } from "@/db/scope";
import type { reportDomainsForm } from "@/lib/domain/reports/schedule-form";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import { changedFields } from "../audit/diff";
import type { CompanyContext } from "../context";

/** Says to which mail domains reports may go besides members; what they no longer allow is refused when it is due. */
export async function changeReportDomains(
  { actor, audit, scope }: CompanyContext,
  change: z.output<typeof reportDomainsForm>,
): Promise<void> {
  assertCan(actor, "report-domains:update", scope);
  await writeWithin(scope, async (tx) => {
    const company = await lockCompany(tx, scope);
    if (!company) throw new AppError("not_found", "There is no such company.");
    const changed = changedFields(company, change);
    if (!changed) return;
    await updateCompany(tx, scope, changed.after);
    await insertAuditRow(tx, {
      ...audit,
      companyId: company.id,
      action: "company.update",
      outcome: "success",
      targetType: "company",
      targetId: company.id,
      targetName: company.name,
      ...changed,
    });
  });
}
