import type { z } from "zod";
import { database } from "@/db/client";
import { insertAuditRow, type AuditRow } from "@/db/queries/audit/insert-audit-row";
import { deleteDomain, insertDomain, listDomains } from "@/db/queries/global/settings";
import { AppError, isUniqueViolation } from "@/lib/errors";
import type { ServiceContext } from "../context";
import type { domainInput, domainRefInput } from "./settings-input";

/** The e-mail domains that may register while registration is restricted, as `@example.com`, in alphabetical order. */
export function readAllowedDomains(): Promise<{ id: number; domain: string }[]> {
  return listDomains();
}

/** @throws AppError `conflict` when the domain is listed already. */
export async function addAllowedDomain(
  context: ServiceContext,
  { domain }: z.output<typeof domainInput>,
): Promise<{ domain: string }> {
  try {
    await database().transaction(async (tx) => {
      const id = await insertDomain(tx, domain);
      await insertAuditRow(tx, domainAudit(context, "domain.add", { id, domain }));
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError("conflict", { key: "errors.domainListed", values: { domain } }, [
      { field: "domain", message: { key: "errors.domainListedField" } },
    ]);
  }
  return { domain };
}

export async function removeAllowedDomain(
  context: ServiceContext,
  { domainId }: z.output<typeof domainRefInput>,
): Promise<{ domain: string }> {
  return database().transaction(async (tx) => {
    const domain = await deleteDomain(tx, domainId);
    if (domain === null) throw new AppError("not_found", { key: "errors.domainGone" });
    await insertAuditRow(tx, domainAudit(context, "domain.remove", { id: domainId, domain }));
    return { domain };
  });
}

function domainAudit(
  { audit }: ServiceContext,
  action: string,
  { id, domain }: { id: number; domain: string },
): AuditRow {
  return { ...audit, companyId: null, action, targetType: "domain", targetId: id, targetName: domain };
}
