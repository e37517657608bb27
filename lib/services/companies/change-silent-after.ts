import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany, lockCompany, updateCompany } from "@/db/queries/companies/company";
import { narrowScope, readWithin, writeWithin, type CompanyScope } from "@/db/scope";
import { AppError } from "@/lib/errors";
import { changedFields } from "../audit/diff";
import type { CompanyContext } from "../context";
import type { silentAfterInput } from "./company-input";

/** After how many minutes without a word a site or computer of the company counts as silent. */
export async function readSilentAfter(scope: CompanyScope, companyId: number): Promise<number> {
  const own = narrowScope(scope, companyId);
  const company = own && (await readWithin(own, (tx) => findCompany(tx, own)));
  if (!company) throw new AppError("not_found", "There is no such company.");
  return company.silentAfterMinutes;
}

/** Changes that, and writes it to the audit trail when it is another number than before. */
export async function changeSilentAfter(
  { audit, scope }: CompanyContext,
  change: z.output<typeof silentAfterInput>,
): Promise<{ silentAfterMinutes: number }> {
  return writeWithin(scope, async (tx) => {
    const company = await lockCompany(tx, scope);
    if (!company) throw new AppError("not_found", "There is no such company.");
    const changed = changedFields(company, change);
    const silentAfterMinutes = change.silentAfterMinutes ?? company.silentAfterMinutes;
    if (!changed) return { silentAfterMinutes };
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
    return { silentAfterMinutes };
  });
}
