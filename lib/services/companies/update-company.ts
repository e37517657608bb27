import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import {
  lockCompany,
  updateCompany as updateRow,
  type CompanyChange,
  type CompanyRow,
} from "@/db/queries/companies/company";
import { writeWithin } from "@/db/scope";
import { AppError, isUniqueViolation } from "@/lib/errors";
import { companyAudit } from "../audit/company-audit";
import { changedFields } from "../audit/diff";
import type { CompanyContext } from "../context";
import type { reportDomainsForm } from "@/lib/domain/reports/schedule-form";
import type { companyChangeInput } from "./company-input";

/** Changes a company's own fields. @throws AppError `conflict` when the name is taken. */
export async function updateCompany(
  context: CompanyContext,
  change: z.output<typeof companyChangeInput> | z.output<typeof reportDomainsForm>,
): Promise<{ id: number }> {
  try {
    await writeWithin(context.scope, (tx) => changeCompany(tx, context, change));
  } catch (error) {
    if (isUniqueViolation(error, "companies_name_key"))
      throw nameTaken("name" in change ? (change.name ?? "") : "");
    throw error;
  }
  return { id: context.scope.companyId };
}

/** Changes what differs, and writes it to the audit trail; gives the company as it was. */
export async function changeCompany(
  tx: Transaction,
  context: CompanyContext,
  change: CompanyChange,
): Promise<CompanyRow> {
  const company = await lockCompany(tx, context.scope);
  if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
  const changed = changedFields(company, change);
  if (!changed) return company;
  await updateRow(tx, context.scope, changed.after);
  await insertAuditRow(tx, { ...companyAudit(context, "company.update", "company", company), ...changed });
  return company;
}

/** The refusal of a company name that is in use in any case. */
export function nameTaken(name: string): AppError {
  return new AppError("conflict", { key: "errors.companyNameTaken", values: { name } }, [
    { field: "name", message: { key: "errors.nameTaken" } },
  ]);
}
