import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { countHoldings, deleteCompanyRows, hasEvents, lockCompany } from "@/db/queries/companies/company";
import { writeWithin } from "@/db/scope";
import { AppError, isForeignKeyViolation } from "@/lib/errors";
import type { CompanyContext } from "../context";
import type { companyDeletionInput } from "./company-input";
import { assertNameTyped, purgeCompany } from "./purge-company";

/**
 * Deletes a company with its sites, keys and memberships; its audit trail stays.
 *
 * @throws AppError `conflict` while it has events, unless a purge was asked for, which then comes first.
 */
export async function deleteCompany(
  context: CompanyContext,
  { confirmedName, isPurgeWanted }: z.output<typeof companyDeletionInput>,
): Promise<{ id: number }> {
  if (isPurgeWanted) await purgeCompany(context, { confirmedName });
  const { audit, scope } = context;
  try {
    await writeWithin(scope, async (tx) => {
      const company = await lockCompany(tx, scope);
      if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
      assertNameTyped(confirmedName, company.name);
      if (await hasEvents(tx, scope)) throw stillHasEvents();
      const before = {
        ...(await countHoldings(tx, scope)),
        name: company.name,
        description: company.description,
      };
      await deleteCompanyRows(tx, scope);
      await insertAuditRow(tx, {
        ...audit,
        companyId: company.id,
        action: "company.delete",
        targetType: "company",
        targetId: company.id,
        targetName: company.name,
        before,
      });
    });
  } catch (error) {
    if (isForeignKeyViolation(error)) throw stillHasEvents();
    throw error;
  }
  return { id: scope.companyId };
}

function stillHasEvents(): AppError {
  return new AppError("conflict", { key: "errors.companyHasEvents" });
}
