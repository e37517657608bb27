import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockCompany, updateCompany as updateRow } from "@/db/queries/companies/company";
import { writeWithin } from "@/db/scope";
import { AppError, isUniqueViolation } from "@/lib/errors";
import { changedFields } from "../audit/diff";
import type { CompanyContext } from "../context";
import type { reportDomainsForm } from "@/lib/domain/reports/schedule-form";
import type { companyChangeInput } from "./company-input";

/** Changes a company's own fields. @throws AppError `conflict` when the name is taken. */
export async function updateCompany(
  { audit, scope }: CompanyContext,
  change: z.output<typeof companyChangeInput> | z.output<typeof reportDomainsForm>,
): Promise<{ id: number }> {
  try {
    await writeWithin(scope, async (tx) => {
      const company = await lockCompany(tx, scope);
      if (!company) throw new AppError("not_found", "There is no such company.");
      const changed = changedFields(company, change);
      if (!changed) return;
      await updateRow(tx, scope, changed.after);
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
  } catch (error) {
    if (isUniqueViolation(error, "companies_name_key"))
      throw nameTaken("name" in change ? (change.name ?? "") : "");
    throw error;
  }
  return { id: scope.companyId };
}

/** The refusal of a company name that is in use in any case. */
export function nameTaken(name: string): AppError {
  return new AppError("conflict", `A company named “${name}” exists already.`, [
    { field: "name", message: "This name is taken." },
  ]);
}
