import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockSite, markSiteDeleted, renameSiteRow } from "@/db/queries/companies/sites";
import { writeWithin } from "@/db/scope";
import { AppError, isUniqueViolation } from "@/lib/errors";
import { assertNameTyped } from "../companies/purge-company";
import type { CompanyContext } from "../context";
import { siteNameTaken } from "./create-site";
import { companyAudit } from "../audit/company-audit";
import type { siteDeletionInput, siteRenameInput } from "./site-input";

/** @throws AppError `conflict` when another site of the company has the name. */
export async function renameSite(
  context: CompanyContext,
  { siteId, name }: z.output<typeof siteRenameInput>,
): Promise<void> {
  const { scope } = context;
  try {
    await writeWithin(scope, async (tx) => {
      const site = await lockSite(tx, scope, siteId);
      if (!site) throw noSuchSite();
      if (name === undefined || site.name === name) return;
      await renameSiteRow(tx, scope, siteId, name);
      await insertAuditRow(tx, {
        ...companyAudit(context, "site.rename", "site", site),
        before: { name: site.name },
        after: { name },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "sites_name_key")) throw siteNameTaken(name ?? "");
    throw error;
  }
}

/** Deletes a site and its keys, which stop working at once. Its events and computers stay. */
export async function deleteSite(
  context: CompanyContext,
  { siteId, confirmedName }: z.output<typeof siteDeletionInput>,
): Promise<void> {
  const { scope } = context;
  await writeWithin(scope, async (tx) => {
    const site = await lockSite(tx, scope, siteId);
    if (!site) throw noSuchSite();
    assertNameTyped(confirmedName, site.name);
    await markSiteDeleted(tx, scope, siteId);
    await insertAuditRow(tx, {
      ...companyAudit(context, "site.delete", "site", site),
      before: { name: site.name },
    });
  });
}

export function noSuchSite(): AppError {
  return new AppError("not_found", { key: "errors.siteNotFound" });
}
